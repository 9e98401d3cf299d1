/**
 * What has a glyph: every message of the bus, a refused vote, and the two halves of a
 * conversation.
 */
import type { MessageType } from '../../protocol/notes';

export type GlyphType = MessageType | 'DENIED' | 'COMMAND' | 'REPLY';
