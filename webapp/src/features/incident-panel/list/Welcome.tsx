import { useQuery } from "@tanstack/react-query";
import { Plus, ShieldCheck } from "lucide-react";
import { bodyOf, incidentApi, keys } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { Button, Spinner } from "@/ui";
import { useStart } from "../start";
import { useIncidentPanelText } from "../text";
import styles from "./list.module.css";

/** Nothing is going on: how to begin, with or without a playbook. */
export function Welcome() {
  const text = useIncidentPanelText();
  const team = useTeam();
  const start = useStart();
  const playbooks = useQuery({
    queryKey: [...keys.playbooks(team.id), "any"],
    queryFn: () =>
      bodyOf(incidentApi.GET("/playbooks", { params: { query: { team_id: team.id, per_page: "1" } } })),
  });
  if (playbooks.isLoading) return <Spinner label={text("loading")} />;
  const hasPlaybook = (playbooks.data?.total_count ?? 0) > 0;
  const toPlaybooks = () => navigate(paths.playbooks(team.name));
  return (
    <div className={styles.welcome}>
      <span className={styles.picture} aria-hidden="true">
        <ShieldCheck size={40} strokeWidth={1.5} />
      </span>
      <h2 className={styles.title}>{text(hasPlaybook ? "welcome" : "welcomeFirst")}</h2>
      <p>{text(hasPlaybook ? "welcomeWhy" : "welcomeFirstWhy")}</p>
      {hasPlaybook ? (
        <>
          <Button
            variant="primary"
            icon={<Plus size={16} />}
            isPending={start.isPending}
            onPress={() => start.mutate()}
          >
            {text("start")}
          </Button>
          <p>{text("playbookAhead")}</p>
          <Button variant="quiet" onPress={toPlaybooks}>
            {text("createPlaybook")}
          </Button>
        </>
      ) : (
        <Button variant="primary" onPress={toPlaybooks}>
          {text("createPlaybook")}
        </Button>
      )}
    </div>
  );
}
