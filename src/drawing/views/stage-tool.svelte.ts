/** Which tool the pointer holds on the stage: none, or the line that cuts the network. */
class StageTool {
  /** The next drag over the stage draws the line, wherever it begins. */
  isCutting = $state(false);
  /** Whether a network may be cut by a line here; a lesson may do without. */
  isOffered = $state(false);
}

export const stageTool = new StageTool();
