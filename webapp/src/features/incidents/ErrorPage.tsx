import { MapPinOff } from "lucide-react";
import { navigate, paths, useSearchParam, useTeam } from "@/host";
import { Button, EmptyState } from "@/ui";
import { type IncidentsText, useIncidentsText } from "./text";

const SAID = {
  incidents: { title: "notFound", why: "notFoundWhy", back: "backToIncidents" },
  playbooks: { title: "playbookNotFound", why: "playbookNotFoundWhy", back: "backToPlaybooks" },
  default: { title: "pageNotFound", why: "pageNotFoundWhy", back: "backToChannels" },
} as const satisfies Record<string, Record<string, keyof IncidentsText>>;

/** Where addresses of the product lead that lead nowhere: `error?type=incidents|playbooks|default`, and all others. */
export default function ErrorPage() {
  const [type] = useSearchParam("type");
  return <NotFound type={type === "incidents" || type === "playbooks" ? type : "default"} />;
}

export function NotFound({ type }: { type: keyof typeof SAID }) {
  const text = useIncidentsText();
  const team = useTeam();
  const said = SAID[type];
  const leave = () =>
    navigate(type === "default" ? paths.channel(team.name, "town-square") : paths[type](team.name));
  return (
    <EmptyState
      isPage
      title={text(said.title)}
      icon={<MapPinOff size={26} />}
      action={
        <Button variant="primary" onPress={leave}>
          {text(said.back)}
        </Button>
      }
    >
      {text(said.why)}
    </EmptyState>
  );
}
