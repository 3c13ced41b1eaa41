import { BookOpenCheck, ChartColumn, ShieldAlert } from "lucide-react";
import { navigate, paths, useTeam } from "@/host";
import { SectionBar } from "@/ui";
import { useDashboardText } from "./dashboard/text";
import { useIncidentsText } from "./text";

/** The head of the pages about incidents. */
export function IncidentsBar({ current }: { current?: "incidents" | "dashboard" }) {
  const text = useIncidentsText();
  const dashboardText = useDashboardText();
  const team = useTeam();
  return (
    <SectionBar
      label={text("playbooksAndIncidents")}
      sections={[
        {
          href: paths.playbooks(team.name),
          icon: <BookOpenCheck size={18} aria-hidden="true" />,
          title: text("playbooks"),
          isCurrent: false,
        },
        {
          href: paths.incidents(team.name),
          icon: <ShieldAlert size={18} aria-hidden="true" />,
          title: text("incidents"),
          isCurrent: current === "incidents",
        },
        {
          href: paths.dashboard(team.name),
          icon: <ChartColumn size={18} aria-hidden="true" />,
          title: dashboardText("dashboard"),
          isCurrent: current === "dashboard",
        },
      ]}
      closeLabel={text("backToChannels")}
      onClose={() => navigate(paths.channel(team.name, "town-square"))}
    />
  );
}
