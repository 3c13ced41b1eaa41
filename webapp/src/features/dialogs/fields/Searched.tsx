import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chat, listedAs, useUser } from "@/api";
import { ComboBox, type Option } from "@/ui";
import { useDialogsText } from "../text";
import { type FieldProps, useLabel } from "./Field";
import styles from "./fields.module.css";

/** A person of the team, or of the whole workspace where no team is shown. */
export function PersonField(props: FieldProps) {
  const text = useDialogsText();
  const { request, value } = props;
  const chosen = useUser(typeof value === "string" ? value : "");
  const known = chosen ? [{ id: chosen.id, text: listedAs(chosen) }] : [];
  return (
    <Searched
      {...props}
      placeholder={text("chooseUser")}
      known={known}
      find={async (term) => {
        const { users } = await chat.autocompleteUsers(term, request.teamId, "");
        return users.map((user) => ({ id: user.id, text: listedAs(user) }));
      }}
    />
  );
}

/** A channel of the team. */
export function PlaceField(props: FieldProps) {
  const text = useDialogsText();
  const { request } = props;
  return (
    <Searched
      {...props}
      placeholder={text("chooseChannel")}
      find={async (term) => {
        const channels = await chat.autocompleteChannels(request.teamId, term);
        return channels.map((channel) => ({ id: channel.id, text: channel.display_name }));
      }}
    />
  );
}

/** What the integration itself finds. */
export function DynamicField(props: FieldProps) {
  const text = useDialogsText();
  const { element, request } = props;
  return (
    <Searched
      {...props}
      placeholder={text("choose")}
      find={async (term) => {
        const found = await chat.lookupInteractiveDialog({
          url: element.data_source_url || request.url,
          callback_id: request.dialog.callback_id ?? "",
          state: request.dialog.state ?? "",
          user_id: "",
          channel_id: request.channelId,
          team_id: request.teamId,
          submission: { query: term, selected_field: element.name },
          cancelled: false,
        });
        return found.items.map((item) => ({ id: item.value, text: item.text }));
      }}
    />
  );
}

interface SearchedProps extends FieldProps {
  placeholder: string;
  known?: readonly Option[];
  find: (term: string) => Promise<Option[]>;
}

function Searched({
  element,
  request,
  value,
  error,
  autoFocus,
  onChange,
  placeholder,
  known = [],
  find,
}: SearchedProps) {
  const label = useLabel(element);
  const [typed, setTyped] = useState<string | null>(null);
  const [picked, setPicked] = useState<Option | null>(null);
  const chosen = picked ?? known.find((option) => option.id === value);
  const term = typed ?? chosen?.text ?? "";
  const asked = term === chosen?.text ? "" : term;
  const { data: found = [] } = useQuery({
    queryKey: ["dialog", request.triggerId, element.name, asked],
    queryFn: () => find(asked),
    placeholderData: (before: Option[] | undefined) => before,
    staleTime: 30_000,
  });
  const options = chosen && !found.some((option) => option.id === chosen.id) ? [chosen, ...found] : found;
  return (
    <>
      <ComboBox
        label={label}
        options={options}
        selected={value === null ? null : String(value)}
        search={{ term, onSearch: setTyped }}
        onSelect={(id) => {
          setPicked(options.find((option) => option.id === id) ?? null);
          setTyped(null);
          onChange(id);
        }}
        placeholder={element.placeholder || placeholder}
        isRequired={!element.optional}
        error={error}
        autoFocus={autoFocus}
      />
      {element.help_text && <p className={styles.help}>{element.help_text}</p>}
    </>
  );
}
