import { ShieldAlert } from "lucide-react";
import { togglePanel, useOpenPanelId } from "@/host";
import { IconButton } from "@/ui";
import { PANEL } from "./place";
import { useIncidentPanelText } from "./text";

export function IncidentsButton() {
  const text = useIncidentPanelText();
  const isOpen = useOpenPanelId() === PANEL;
  return (
    <IconButton
      label={text("incidents")}
      icon={<ShieldAlert size={18} />}
      isOn={isOpen}
      onPress={() => togglePanel(PANEL)}
    />
  );
}
