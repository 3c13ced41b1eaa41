import { useMutation, useQuery } from "@tanstack/react-query";
import { cache, messageOf } from "@/api";
import { ErrorState, Select, Spinner, Switch, settings, toast } from "@/ui";
import { changeProduct, productSettings, settingsQuery } from "./questions";
import { useAdministrationText } from "./text";

const CREATORS = ["members", "team_admins", "system_admins"] as const;

export function IncidentsTab() {
  const text = useAdministrationText();
  const { data: config, error, refetch } = useQuery(settingsQuery);
  const change = useMutation({
    mutationFn: changeProduct,
    onSuccess: (changed) => {
      cache.setQueryData(settingsQuery.queryKey, changed);
      toast({ text: text("saved") });
    },
    onError: (refusal) => toast({ text: messageOf(refusal) ?? text("failed"), tone: "danger" }),
  });
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!config) return <Spinner />;
  const { isOn, creators } = productSettings(config);
  return (
    <div className={settings.form}>
      <Switch checked={isOn} onChange={(next) => change.mutate({ isOn: next })}>
        {text("incidentsOn")}
      </Switch>
      <p className={settings.quiet}>{text("incidentsOnWhy")}</p>
      <Select
        label={text("creators")}
        options={CREATORS.map((id) => ({ id, text: text(`creators_${id}`) }))}
        selected={creators}
        onSelect={(id) => {
          if (id !== null && id !== creators) change.mutate({ creators: id });
        }}
      />
    </div>
  );
}
