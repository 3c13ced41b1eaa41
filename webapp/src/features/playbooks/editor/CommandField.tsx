import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SquareSlash, X } from "lucide-react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { channelsQuery, chat, keys } from "@/api";
import { useTeam } from "@/host";
import { IconButton } from "@/ui";
import { usePlaybooksText } from "../text";
import styles from "./CommandField.module.css";
import { isNoCommand } from "./draft";

export interface CommandFieldProps {
  value: string;
  onChange: (value: string) => void;
  onRemove: () => void;
  autoFocus: boolean;
}

/** A slash command that is completed while it is typed. Left blank it is taken away. */
export function CommandField({ value, onChange, onRemove, autoFocus }: CommandFieldProps) {
  const text = usePlaybooksText();
  const suggestions = useSuggestions(value);
  return (
    <ComboBox
      className={styles.field}
      allowsCustomValue
      menuTrigger="input"
      inputValue={value}
      onInputChange={onChange}
      onChange={(key) => {
        if (key !== null) onChange(`/${key} `);
      }}
      value={null}
      items={suggestions}
      defaultFilter={() => true}
      onBlur={() => {
        if (isNoCommand(value)) onRemove();
      }}
      autoFocus={autoFocus}
    >
      <Label className="hidden-text">{text("slashCommand")}</Label>
      <SquareSlash size={16} className={styles.icon} aria-hidden="true" />
      <Input
        className={styles.input}
        placeholder={text("slashCommand")}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
        }}
      />
      <IconButton
        size="s"
        label={text("removeCommand")}
        icon={<X size={14} />}
        slot={null}
        onPress={onRemove}
      />
      <Popover className={styles.popover}>
        <ListBox<Suggestion> className={styles.list}>
          {(suggestion) => (
            <ListBoxItem
              id={suggestion.Complete}
              textValue={`/${suggestion.Complete}`}
              className={styles.option}
            >
              <Text slot="label" className={styles.suggestion}>
                {suggestion.Suggestion} <span className={styles.hint}>{suggestion.Hint}</span>
              </Text>
              <Text slot="description" className={styles.hint}>
                {suggestion.Description}
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

interface Suggestion {
  Complete: string;
  Suggestion: string;
  Hint: string;
  Description: string;
}

/** How a command may go on, as the server says; it knows all commands of the team. */
function useSuggestions(command: string): Suggestion[] {
  const team = useTeam();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const channel = channels?.keys().next().value ?? "";
  const { data = [] } = useQuery({
    queryKey: keys.commandSuggestions(team.id, command),
    queryFn: () =>
      chat.getCommandAutocompleteSuggestionsList(command, team.id, { channel_id: channel, team_id: team.id }),
    enabled: command.startsWith("/") && channel !== "",
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const seen = new Map(data.map((one) => [one.Complete, one]));
  seen.delete("");
  return command.startsWith("/") ? [...seen.values()].slice(0, 30) : [];
}
