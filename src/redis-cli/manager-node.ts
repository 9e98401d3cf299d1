/**
 * What redis-cli reads out of a node's CLUSTER NODES text, and how it prints a node.
 * Source: clusterManagerNodeLoadInfo, clusterManagerNodeInfo, clusterManagerGetConfigSignature,
 * src/redis-cli.c.
 */
import { slotCount, slotsOf, unionSlots, type SlotRanges } from '../protocol/slot-ranges';
import { newManagerNode, type ManagerNode, type OpenSlot } from './cli-state';
import { parseAddress, wholeNumberIn } from './options';

/** `0-5460` means slots, `[5->-ID]` an open slot; they follow eight fields. */
const FIRST_SLOT_FIELD = 8;

export interface LoadedNode {
  readonly node: ManagerNode;
  /** Everyone else on the list, in its order. */
  readonly friends: readonly ManagerNode[];
}

/** The node after its own CLUSTER NODES reply, or null where the text is no such reply. */
export function loadNodes(before: ManagerNode, text: string): LoadedNode | null {
  let node = before;
  const friends: ManagerNode[] = [];
  for (const line of linesOf(text)) {
    const fields = line.split(' ');
    const address = parseAddress(fields[1] ?? '');
    if (!address || fields[2] === undefined) return null;
    if (fields[2].includes('myself')) {
      node = { ...withSlots(node, fields), busPort: address.busPort, dirty: false };
      node = withIdentity(node, fields);
    } else {
      const { ip, port, busPort } = address;
      friends.push(withIdentity(newManagerNode(ip, port, busPort || undefined), fields));
    }
  }
  return { node, friends };
}

/** Lines count only with their end, as in the tool. */
const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

function withIdentity(node: ManagerNode, fields: readonly string[]): ManagerNode {
  const flags = fields[2]!.split(',');
  const isReplica = flags.includes('slave');
  const unusable = ['noaddr', 'disconnected', 'fail'].some((flag) => flags.includes(flag));
  return {
    ...node,
    name: fields[0]!,
    flags,
    isReplica: node.isReplica || isReplica,
    isUnusable: node.isUnusable || unusable,
    replicate: isReplica ? fields[3]! : node.replicate,
  };
}

function withSlots(node: ManagerNode, fields: readonly string[]): ManagerNode {
  let slots: SlotRanges = [];
  const migrating: OpenSlot[] = [...node.migrating];
  const importing: OpenSlot[] = [...node.importing];
  for (const field of fields.slice(FIRST_SLOT_FIELD)) {
    const open = /^\[(.*?)-([<>])-([^\]]*)/.exec(field);
    if (open) {
      (open[2] === '>' ? migrating : importing).push({ slot: open[1]!, id: open[3]! });
    } else if (field !== '') {
      const [first = '', last = first] = field.split('-');
      slots = unionSlots(slots, [[wholeNumberIn(first), wholeNumberIn(last)]]);
    }
  }
  return { ...node, slots, slotsCount: slotCount(slots), migrating, importing };
}

/** A node in two or three lines, without a last line end; `indent` spaces before each. */
export function printNode(node: ManagerNode, indent = 0): string {
  const spaces = ' '.repeat(indent);
  const address = `${node.name ?? ''} ${node.ip}:${node.port}`;
  const lines: string[] = [];
  if (node.dirty && node.replicate !== null) lines.push(`S: ${address}`);
  else {
    const flags = node.flags.filter((flag) => flag !== 'myself').join(',');
    lines.push(`${node.isReplica ? 'S' : 'M'}: ${address}`);
    lines.push(`   slots:${printBrackets(node.slots)} (${node.slotsCount} slots) ${flags}`);
  }
  if (node.replicate !== null) lines.push(`   replicates ${node.replicate}`);
  else if (node.replicasCount > 0) lines.push(`   ${node.replicasCount} additional replica(s)`);
  return lines.map((line) => spaces + line).join('\n');
}

/** `[0-5460],[9000]`. Source: clusterManagerNodeSlotsString. */
export function printBrackets(slots: SlotRanges): string {
  return slots.map(([a, b]) => (a === b ? `[${a}]` : `[${a}-${b}]`)).join(',');
}

/**
 * A node's view of who owns what, as one text; two nodes agree when the texts are equal. Null when
 * nobody owns anything.
 */
export function configSignature(text: string): string | null {
  const parts = linesOf(text).flatMap((line) => {
    const fields = line.split(' ');
    const slots = fields.slice(FIRST_SLOT_FIELD).filter((field) => !/^(\[|$)/.test(field));
    return slots.length > 0 ? [`${fields[0]}:${slots.sort().join(',')}`] : [];
  });
  return parts.length > 0 ? parts.sort().join('|') : null;
}

/** The addresses a node has no working link to. Source: clusterManagerGetDisconnectedLinks. */
export function disconnectedLinks(text: string): string[] {
  return linesOf(text)
    .map((line) => line.split(' '))
    .filter(([, , flags = '', , , , , link]) => {
      if (link === undefined || flags.includes('myself')) return false;
      return link.includes('disconnected') || /disconnected|handshake/.test(flags);
    })
    .map((fields) => fields[1]!);
}

/** The set with one more slot. */
export const withSlot = (slots: SlotRanges, slot: number): SlotRanges =>
  unionSlots(slots, slotsOf([slot]));
