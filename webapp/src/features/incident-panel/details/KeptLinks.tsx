import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { bodyOf, incidentApi, keys } from "@/api";
import { useIncidentPanelText } from "../text";
import styles from "./Details.module.css";

/** What integrations keep on an incident: tickets, meetings. Nothing while there is none. */
export function KeptLinks({ incidentId }: { incidentId: string }) {
  const text = useIncidentPanelText();
  const { data: links = [] } = useQuery({
    queryKey: keys.incidentLinks(incidentId),
    queryFn: async () => {
      const path = { incident_id: incidentId };
      const kept = await bodyOf(incidentApi.GET("/incidents/{incident_id}/links", { params: { path } }));
      return kept.items.filter((link) => /^https?:\/\//.test(link.url));
    },
  });
  if (links.length === 0) return null;
  return (
    <section aria-label={text("links")}>
      <h2 className={styles.label}>{text("links")}</h2>
      <ul className={styles.links}>
        {links.map((link) => (
          <li key={`${link.integration} ${link.url}`}>
            <a href={link.url} target="_blank" rel="noopener noreferrer">
              <ExternalLink size={14} aria-hidden="true" />
              {link.reference === "" ? link.title : `${link.reference}: ${link.title}`}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
