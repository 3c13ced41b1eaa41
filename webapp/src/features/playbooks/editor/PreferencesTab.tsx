import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { channelsQuery, chat, keys, nameOf } from "@/api";
import { useMe, useTeam } from "@/host";
import { ComboBox, durationText, IconButton, type Option, Select } from "@/ui";
import { usePlaybooksText } from "../text";
import type { Draft } from "./draft";
import { useEditor } from "./EditorContext";
import styles from "./EditorPage.module.css";
import { MarkdownField } from "./MarkdownField";
import { ReviewPreferences } from "./ReviewPreferences";
import type { ReviewPlanWork } from "./useReviewPlan";

const TIMERS: readonly (readonly [seconds: number, text: string])[] = [
  [900, "15min"],
  [1800, "30min"],
  [3600, "60min"],
  [14_400, "4hr"],
  [86_400, "24hr"],
];

export function PreferencesTab({ draft, review }: { draft: Draft; review: ReviewPlanWork }) {
  const text = usePlaybooksText();
  const { dispatch } = useEditor();
  const set = (fields: Partial<Draft>) => dispatch({ kind: "set", fields });
  const channels = useChannelOptions(draft.broadcastChannelId);
  return (
    <section className={styles.tab} aria-label={text("preferences")}>
      <div className={styles.preference}>
        <h2 className={styles.heading}>{text("broadcastChannel")}</h2>
        <p className={styles.help}>{text("broadcastHelp")}</p>
        <div className={styles.clearable}>
          {channels && (
            <ComboBox
              key={channels.length}
              label={text("broadcastChannel")}
              hidesLabel
              placeholder={text("selectChannel")}
              options={channels}
              selected={draft.broadcastChannelId || null}
              onSelect={(id) => set({ broadcastChannelId: id ?? "" })}
            />
          )}
          {draft.broadcastChannelId !== "" && (
            <IconButton
              label={text("clearBroadcast")}
              icon={<X size={16} />}
              onPress={() => set({ broadcastChannelId: "" })}
            />
          )}
        </div>
      </div>
      <div className={styles.preference}>
        <h2 className={styles.heading}>{text("reminderTimer")}</h2>
        <p className={styles.help}>{text("reminderHelp")}</p>
        <div className={styles.clearable}>
          <Select
            label={text("reminderTimer")}
            hidesLabel
            placeholder={text("noReminder")}
            options={timerOptions(draft.reminderS)}
            selected={draft.reminderS === 0 ? null : String(draft.reminderS)}
            onSelect={(seconds) => set({ reminderS: Number(seconds ?? 0) })}
          />
          {draft.reminderS !== 0 && (
            <IconButton
              label={text("clearReminder")}
              icon={<X size={16} />}
              onPress={() => set({ reminderS: 0 })}
            />
          )}
        </div>
      </div>
      <div className={styles.preference}>
        <h2 className={styles.heading}>{text("messageTemplate")}</h2>
        <p className={styles.help}>{text("templateHelp")}</p>
        <MarkdownField
          label={text("messageTemplate")}
          hidesLabel
          placeholder={text("enterTemplate")}
          rows={8}
          value={draft.messageTemplate}
          onChange={(messageTemplate) => set({ messageTemplate })}
        />
      </div>
      <ReviewPreferences work={review} />
    </section>
  );
}

/** The usual timers, and the present one if a program has set another. */
function timerOptions(present: number): Option[] {
  const usual = TIMERS.map(([seconds, text]) => ({ id: String(seconds), text }));
  if (present === 0 || TIMERS.some(([seconds]) => seconds === present)) return usual;
  return [...usual, { id: String(present), text: durationText(present * 1_000, { seconds: true }) }];
}

/** The channels one is in, found by either name; the chosen one also if one is not in it. */
function useChannelOptions(chosen: string): Option[] | undefined {
  const text = usePlaybooksText();
  const me = useMe();
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const directs = [...(channels?.values() ?? [])].filter(({ type }) => type === "D");
  const others = directs.map(({ name }) => name.split("__").find((id) => id !== me.id) ?? me.id);
  const { data: people } = useQuery({
    queryKey: keys.usersOf(others),
    queryFn: () => (others.length === 0 ? [] : chat.getProfilesByIds(others)),
    enabled: channels !== undefined,
  });
  if (channels === undefined || people === undefined) return undefined;
  const names = new Map(people.map((user) => [user.id, `${nameOf(user)} (@${user.username})`]));
  const options = [...channels.values()]
    .filter(({ delete_at }) => delete_at === 0)
    .map((channel) => ({
      id: channel.id,
      text:
        channel.type === "D"
          ? (names.get(others[directs.indexOf(channel)] ?? "") ?? channel.name)
          : channel.type === "G"
            ? channel.display_name
            : `${channel.display_name} (~${channel.name})`,
    }))
    .sort((a, b) => a.text.localeCompare(b.text));
  const isKnown = chosen === "" || options.some(({ id }) => id === chosen);
  return isKnown ? options : [{ id: chosen, text: text("unknownChannel") }, ...options];
}
