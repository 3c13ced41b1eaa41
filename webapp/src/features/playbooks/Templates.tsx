import { FilePlus2, Siren } from "lucide-react";
import { Link, paths, useTeam } from "@/host";
import styles from "./Templates.module.css";
import { BLANK, INCIDENT_MANAGEMENT } from "./template";
import { usePlaybooksText } from "./text";

/** What a new playbook can begin with. */
export function Templates() {
  const text = usePlaybooksText();
  const team = useTeam();
  return (
    <section className={styles.band} aria-labelledby="templates">
      <div className={styles.inside}>
        <h2 id="templates" className={styles.heading}>
          {text("startNew")}
        </h2>
        <ul className={styles.tiles}>
          <li>
            <Link className={styles.tile} href={paths.newPlaybook(team.name, BLANK)}>
              <span className={styles.icon}>
                <FilePlus2 size={22} aria-hidden="true" />
              </span>
              <span className={styles.name}>{text("blank")}</span>
              <span className={styles.hint}>{text("blankHint")}</span>
            </Link>
          </li>
          <li>
            <Link className={styles.tile} href={paths.newPlaybook(team.name, INCIDENT_MANAGEMENT)}>
              <span className={styles.icon}>
                <Siren size={22} aria-hidden="true" />
              </span>
              <span className={styles.name}>{INCIDENT_MANAGEMENT}</span>
              <span className={styles.hint}>{text("incidentManagementHint")}</span>
            </Link>
          </li>
        </ul>
      </div>
    </section>
  );
}
