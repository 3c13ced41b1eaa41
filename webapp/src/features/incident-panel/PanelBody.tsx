import { messageOf } from "@/api";
import { ErrorState, Spinner } from "@/ui";
import { Details } from "./details/Details";
import { OngoingList } from "./list/OngoingList";
import { usePanelView } from "./place";
import { useIncidentPanelText } from "./text";

/** The list of ongoing incidents, or the incident of this channel. */
export default function PanelBody() {
  const text = useIncidentPanelText();
  const { view, incident, isMember, mayJoin, error, retry } = usePanelView();
  if (view === "list") return <OngoingList />;
  if (incident) {
    return <Details key={incident.id} incident={incident} isMember={isMember} mayJoin={mayJoin} />;
  }
  if (error) return <ErrorState message={messageOf(error)} onRetry={retry} />;
  return <Spinner label={text("loading")} />;
}
