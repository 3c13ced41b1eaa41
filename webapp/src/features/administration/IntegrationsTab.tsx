import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bodyOf, incidentApi, messageOf, type Wire } from "@/api";
import {
  Badge,
  Banner,
  Button,
  ErrorState,
  Markdown,
  Select,
  Spinner,
  settings,
  TextField,
  toast,
} from "@/ui";
import styles from "./Administration.module.css";
import { adminKey, integrationsQuery } from "./questions";
import { useAdministrationText } from "./text";

type Integration = Wire["IntegrationShape"];

export function IntegrationsTab() {
  const { data: integrations, error, refetch } = useQuery(integrationsQuery);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!integrations) return <Spinner />;
  return (
    <div className={settings.form}>
      {integrations.map((integration) => (
        <IntegrationForm key={`${integration.name} ${integration.update_at}`} integration={integration} />
      ))}
    </div>
  );
}

function IntegrationForm({ integration }: { integration: Integration }) {
  const text = useAdministrationText();
  const queries = useQueryClient();
  const path = { params: { path: { integration_name: integration.name } } };
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      integration.settings
        .filter((setting) => setting.source === "administrator")
        .map((setting) => [setting.name, setting.value]),
    ),
  );
  const change = (name: string, value: string) => setValues((before) => ({ ...before, [name]: value }));
  const again = () => queries.invalidateQueries({ queryKey: adminKey("integrations") });
  const save = useMutation({
    mutationFn: () =>
      bodyOf(incidentApi.PUT("/integrations/{integration_name}", { ...path, body: { settings: values } })),
    onSuccess: async () => {
      toast({ text: text("saved") });
      await again();
    },
  });
  const forget = useMutation({
    mutationFn: () => bodyOf(incidentApi.DELETE("/integrations/{integration_name}", path)),
    onSuccess: again,
  });
  const tried = useMutation({
    mutationFn: () => bodyOf(incidentApi.POST("/integrations/{integration_name}/test", path)),
  });
  const failure = save.error ?? forget.error ?? tried.error;
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={settings.row}>
        <h2 className={settings.heading}>{integration.title}</h2>
        <Badge>{integration.is_set_up ? text("setUp") : text("notSetUp")}</Badge>
      </div>
      <Markdown>{integration.help}</Markdown>
      {failure && <Banner tone="danger">{messageOf(failure) ?? text("failed")}</Banner>}
      {integration.settings.map((setting) =>
        setting.kind === "choice" ? (
          <Select
            key={setting.name}
            label={setting.label}
            options={setting.choices.map((choice) => ({ id: choice, text: named(choice) }))}
            selected={values[setting.name] ?? setting.value}
            onSelect={(choice) => change(setting.name, choice ?? "")}
          />
        ) : (
          <TextField
            key={setting.name}
            label={setting.label}
            help={setting.help}
            type={setting.kind === "secret" ? "password" : "text"}
            autoComplete="off"
            placeholder={
              setting.source === "administrator" ? setting.default : setting.value || setting.default
            }
            value={values[setting.name] ?? ""}
            onChange={(value) => change(setting.name, value)}
          />
        ),
      )}
      {tried.data && (
        <Banner tone={tried.data.outcome === "ok" ? "success" : "danger"}>{tried.data.message}</Banner>
      )}
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={save.isPending}>
          {text("save")}
        </Button>
        <Button isPending={tried.isPending} onPress={() => tried.mutate()}>
          {text("test")}
        </Button>
        <Button variant="quiet" isPending={forget.isPending} onPress={() => forget.mutate()}>
          {text("forget")}
        </Button>
      </div>
    </form>
  );
}

/** A choice as people write it: "data_center" is Data center. */
function named(choice: string): string {
  return (choice.charAt(0).toUpperCase() + choice.slice(1)).replaceAll("_", " ");
}
