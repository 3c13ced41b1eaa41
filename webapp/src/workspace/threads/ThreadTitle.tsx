import { useWorkspaceText } from "../text";

export function ThreadTitle() {
  return useWorkspaceText()("thread");
}
