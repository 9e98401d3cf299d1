/**
 * Names of colours. The values are in tokens.css, one set a theme; nothing else names a colour.
 * Hue names the shard, never what a node is going through.
 */
import type { MessageType } from '../protocol/notes';

/** How many hues there are; the thirteenth shard starts over with the first. */
export const SHARD_HUE_COUNT = 12;

/** The solid colour of a shard; `shard` counts from 0. */
export function shardColour(shard: number): string {
  return `var(--shard-${hueNumber(shard)})`;
}

/** The text colour that reads on `shardColour`. */
export function onShardColour(shard: number): string {
  return `var(--on-shard-${hueNumber(shard)})`;
}

/**
 * The hatch of a shard whose process is stopped, or whose slots nobody serves. Needs
 * Hatches.svelte.
 */
export function shardHatch(shard: number): string {
  return `url(#hatch-${hueNumber(shard)})`;
}

/** The tint of a shard's territory, fading towards the centre of the ring. Needs Hatches.svelte. */
export function shardTerritory(shard: number): string {
  return `url(#territory-${hueNumber(shard)})`;
}

/** Plain ink hatch: what cannot answer. Needs Hatches.svelte. */
export const INK_HATCH = 'url(#hatch-ink)';
export const FAIL_TERRITORY = 'url(#territory-fail)';

/** 1 to 12: the number of the hue in tokens.css. */
export function hueNumber(shard: number): number {
  return (((shard % SHARD_HUE_COUNT) + SHARD_HUE_COUNT) % SHARD_HUE_COUNT) + 1;
}

const MESSAGE_COLOURS: Readonly<Record<MessageType, string>> = {
  PING: 'var(--g-beat)',
  PONG: 'var(--g-beat)',
  MEET: 'var(--g-meet)',
  FAIL: 'var(--fail)',
  PUBLISH: 'var(--g-publish)',
  FAILOVER_AUTH_REQUEST: 'var(--g-auth)',
  FAILOVER_AUTH_ACK: 'var(--g-auth)',
  UPDATE: 'var(--g-update)',
  MFSTART: 'var(--g-auth)',
  MODULE: 'var(--g-publish)',
  PUBLISHSHARD: 'var(--g-publish)',
};

/** The colour of a message's glyph and tail. */
export function messageColour(type: MessageType): string {
  return MESSAGE_COLOURS[type];
}

/** The colour of a belief's line: dashes, lanes, halos. */
export function beliefColour(belief: 'pfail' | 'fail'): string {
  return belief === 'fail' ? 'var(--fail)' : 'var(--pfail-line)';
}
