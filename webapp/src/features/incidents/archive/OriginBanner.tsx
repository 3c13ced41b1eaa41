import { useQuery } from "@tanstack/react-query";
import { PackageOpen } from "lucide-react";
import { Banner, useTimeText } from "@/ui";
import { originQuery } from "./questions";
import { standingOf } from "./standing";
import { useArchiveText } from "./text";

/** Marks an incident that came in an archive, and says what that turned out to be. */
export function OriginBanner({ incident }: { incident: string }) {
  const text = useArchiveText();
  const time = useTimeText();
  const { data } = useQuery(originQuery(incident));
  if (!data || data.standing === "") return null;
  const standing = standingOf(data.standing);
  const server = data.server === "" ? "" : text("onServer", { server: data.server });
  return (
    <Banner tone={standing.tone} icon={<PackageOpen size={18} aria-hidden="true" />}>
      {text("importedHow", { date: time.moment(data.imported_at), server, standing: text(standing.text) })}
      {data.signer !== "" && ` ${text("signedBy", { signer: data.signer })}`}
    </Banner>
  );
}
