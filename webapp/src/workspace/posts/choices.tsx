import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { channelMembersQuery, channelsQuery, nameOf, pictureOf } from "@/api";
import { useChannel, useTeam } from "@/host";
import { Button, ComboBox, UserPicker } from "@/ui";

interface ChoiceProps {
  label: string;
  onChoose: (id: string) => void;
}

/** One of the channel's members, for menus of integrations. */
export function UserChoice({ label, onChoose }: ChoiceProps) {
  const channel = useChannel();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: users, isPending } = useQuery({
    ...channelMembersQuery(channel?.id ?? ""),
    enabled: channel !== null,
  });
  const who = users?.find((user) => user.id === chosen);
  return (
    <UserPicker
      label={label}
      trigger={
        <Button size="s" icon={<ChevronDown size={14} />}>
          {who ? nameOf(who) : label}
        </Button>
      }
      users={(users ?? []).map((user) => ({
        id: user.id,
        picture: pictureOf(user),
        text: `@${user.username} ${nameOf(user)}`,
      }))}
      selected={chosen}
      isLoading={isPending}
      onPick={(id) => {
        setChosen(id);
        onChoose(id);
      }}
    />
  );
}

/** One of the channels one is in. */
export function ChannelChoice({ label, onChoose }: ChoiceProps) {
  const team = useTeam();
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: channels } = useQuery(channelsQuery(team.id));
  const options = [...(channels?.values() ?? [])]
    .filter((channel) => channel.type === "O" || channel.type === "P")
    .map((channel) => ({ id: channel.id, text: channel.display_name }));
  return (
    <ComboBox
      label={label}
      hidesLabel
      placeholder={label}
      options={options}
      selected={chosen}
      onSelect={(id) => {
        setChosen(id);
        if (id !== null) onChoose(id);
      }}
    />
  );
}
