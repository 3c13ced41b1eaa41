import { ShieldAlert } from "lucide-react";
import { messageOf, startIncident } from "@/api";
import type { PostMenuEntry } from "@/host";
import { toast } from "@/ui";
import { useIncidentPanelText } from "./text";

export const startFromPost: PostMenuEntry = {
  id: "start-incident",
  icon: <ShieldAlert size={16} />,
  useText: () => useIncidentPanelText()("startFromPost"),
  onAction: (postId) =>
    void startIncident({ postId }).catch((error: unknown) =>
      toast({ text: messageOf(error) ?? String(error), tone: "danger" }),
    ),
};
