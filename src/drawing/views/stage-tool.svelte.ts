/** Which tool the pointer holds on the stage: none, or the line that cuts the network. */
class StageTool {
  /** The next drag over the stage draws the line, wherever it begins. */
  isCutting = $state(false);
}

export const stageTool = new StageTool();
