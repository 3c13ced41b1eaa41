import { ArrowLeft } from "lucide-react";
import { Link, paths, useMe, useSearchParam } from "@/host";
import { ErrorState, SettingsPage, StateScreen, settings } from "@/ui";
import { AlertsTab } from "./AlertsTab";
import { IncidentsTab } from "./IncidentsTab";
import { IntegrationsTab } from "./IntegrationsTab";
import { ServerTab } from "./ServerTab";
import { TeamsTab } from "./TeamsTab";
import { ToolsTab } from "./ToolsTab";
import { useAdministrationText } from "./text";
import { UsersTab } from "./UsersTab";

export default function AdministrationPage() {
  const text = useAdministrationText();
  const me = useMe();
  const [tab, setTab] = useSearchParam("tab");
  const back = (
    <Link href={paths.home}>
      <ArrowLeft size={16} aria-hidden="true" />
      {text("back")}
    </Link>
  );
  if (!me.isAdmin)
    return (
      <StateScreen>
        <ErrorState
          isPage
          title={text("notPermitted")}
          message={text("notPermittedWhy")}
          action={<span className={settings.back}>{back}</span>}
        />
      </StateScreen>
    );
  return (
    <SettingsPage
      isWide
      title={text("administration")}
      back={back}
      selected={tab || "users"}
      onSelect={setTab}
      tabs={[
        { id: "users", title: text("users"), content: <UsersTab /> },
        { id: "teams", title: text("teams"), content: <TeamsTab /> },
        { id: "incidents", title: text("incidents"), content: <IncidentsTab /> },
        { id: "alerts", title: text("alerts"), content: <AlertsTab /> },
        { id: "integrations", title: text("integrations"), content: <IntegrationsTab /> },
        { id: "tools", title: text("tools"), content: <ToolsTab /> },
        { id: "server", title: text("server"), content: <ServerTab /> },
      ]}
    />
  );
}
