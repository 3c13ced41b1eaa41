import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { memo, useState } from "react";
import { preferencesQuery, savePreference, usePreference } from "@/api";
import { useIsNarrow } from "@/host";
import { Banner, Button } from "@/ui";
import { useWorkspaceText } from "../text";

/** Asks once whether the browser may notify: browsers want a press for it. */
export const NotificationBanner = memo(function NotificationBanner() {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const isKnown = useQuery(preferencesQuery).isSuccess;
  const wasAnswered = usePreference("notifications", "asked") === "true";
  const [isOver, setIsOver] = useState(false);
  if (!isKnown || isOver || wasAnswered) return null;
  if (!("Notification" in window) || Notification.permission !== "default") return null;
  const over = () => {
    setIsOver(true);
    void savePreference("notifications", "asked", "true").catch(() => undefined);
  };
  return (
    <Banner
      icon={<Bell size={16} aria-hidden="true" />}
      action={
        <>
          <Button size="s" onPress={() => void Notification.requestPermission().then(over)}>
            {text(isNarrow ? "notifyYesShort" : "notifyYes")}
          </Button>
          <Button size="s" variant="quiet" onPress={over}>
            {text("notifyNo")}
          </Button>
        </>
      }
    >
      {text(isNarrow ? "notifyAskShort" : "notifyAsk")}
    </Banner>
  );
});
