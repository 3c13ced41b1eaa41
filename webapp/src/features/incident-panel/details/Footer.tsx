import { useMutation } from "@tanstack/react-query";
import { EllipsisVertical } from "lucide-react";
import { cache, chat, type Incident, keys } from "@/api";
import { useMe } from "@/host";
import { Button, IconButton, Menu, MenuItem } from "@/ui";
import { useIncidentCommand } from "../deeds";
import { useSayFailure } from "../failure";
import { isDone } from "../progress";
import { useIncidentPanelText } from "../text";
import styles from "./Details.module.css";

/** Of the summary: say how it stands. */
export function StatusBar({ incident }: { incident: Incident }) {
  const text = useIncidentPanelText();
  const command = useIncidentCommand(incident);
  return (
    <footer className={styles.footer}>
      <Button isPending={command.isPending} onPress={() => command.mutate("/incident update")}>
        {text("updateStatus")}
      </Button>
    </footer>
  );
}

/** Of the tasks: on to the next stage, or to the end. */
export function TasksBar({ incident }: { incident: Incident }) {
  const text = useIncidentPanelText();
  const command = useIncidentCommand(incident);
  const { checklists: stages, active_stage: active, is_active: isOngoing } = incident;
  const isLast = active >= stages.length - 1;
  const isComplete = stages[active]?.items.every(isDone) ?? true;
  const next = !isOngoing
    ? ({ words: "restart", does: "/incident restart" } as const)
    : isLast
      ? ({ words: "end", does: "/incident end" } as const)
      : ({ words: "nextStage", does: "/incident stage next" } as const);
  const others = [
    ...(active > 0 ? ([{ words: "previousStage", does: "/incident stage prev" }] as const) : []),
    ...(isOngoing && !isLast ? ([{ words: "end", does: "/incident end" }] as const) : []),
  ];
  return (
    <footer className={styles.footer}>
      {stages.length > 1 && others.length > 0 && (
        <Menu
          label={text("more")}
          placement="top start"
          trigger={<IconButton label={text("more")} icon={<EllipsisVertical size={18} />} />}
        >
          {others.map(({ words, does }) => (
            <MenuItem key={words} onAction={() => command.mutate(does)}>
              {text(words)}
            </MenuItem>
          ))}
        </Menu>
      )}
      <Button
        variant={!isOngoing || isComplete ? "primary" : "secondary"}
        isPending={command.isPending}
        onPress={() => command.mutate(next.does)}
      >
        {text(next.words)}
      </Button>
    </footer>
  );
}

/** For those who only look on: acting begins with joining. */
export function JoinBar({ incident }: { incident: Incident }) {
  const text = useIncidentPanelText();
  const me = useMe();
  const onError = useSayFailure();
  const join = useMutation({
    mutationFn: () => chat.addToChannel(me.id, incident.channel_id),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.channels(incident.team_id) }),
        cache.invalidateQueries({ queryKey: keys.memberships(incident.team_id) }),
      ]),
    onError,
  });
  return (
    <footer className={styles.footer}>
      <span>{text("lookingOn")}</span>
      <Button variant="primary" isPending={join.isPending} onPress={() => join.mutate()}>
        {text("join")}
      </Button>
    </footer>
  );
}
