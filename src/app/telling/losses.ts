/** Lost writes by what lost them: who had said OK, who has the slots now, and why. */
import type { FrameLostWrite } from '../../protocol/cluster-frame';

export interface Loss extends Pick<FrameLostWrite, 'by' | 'owner' | 'window'> {
  readonly id: string;
  readonly keys: readonly string[];
}

/** One loss for each reason, the newest first. */
export function lossesOf(lost: readonly FrameLostWrite[]): Loss[] {
  const losses = new Map<string, Loss>();
  for (const { key, by, owner, window } of lost) {
    const id = `${by} ${owner} ${window}`;
    const keys = [...(losses.get(id)?.keys ?? []), key];
    losses.delete(id);
    losses.set(id, { id, by, owner, window, keys });
  }
  return [...losses.values()].reverse();
}
