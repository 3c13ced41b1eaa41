import { useEffect } from "react";
import { useAddress } from "@/host";
import { Spinner } from "@/ui";

/** Talk goes on in Mattermost: leads to the same address there. */
export default function LeadPage() {
  const { path } = useAddress();
  useEffect(() => window.location.replace(`/go${path}`), [path]);
  return <Spinner />;
}
