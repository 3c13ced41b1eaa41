import { useMutation, useQuery } from "@tanstack/react-query";
import { cache, chat, keys, meQuery } from "@/api";
import { chooseTheme, THEMES, useTheme } from "@/host";
import { ComboBox, Select, settings, toast } from "@/ui";
import { useAccountText } from "./text";

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((id) => ({
  id,
  text: id.replaceAll("_", " "),
}));

export function LooksTab() {
  const text = useAccountText();
  const { theme } = useTheme();
  const { data: me } = useQuery(meQuery);
  const setZone = useMutation({
    mutationFn: (zone: string) =>
      chat.patchMe({
        timezone:
          zone === ""
            ? { useAutomaticTimezone: "true", automaticTimezone: here(), manualTimezone: "" }
            : { useAutomaticTimezone: "false", automaticTimezone: here(), manualTimezone: zone },
      }),
    onSuccess: (saved) => {
      cache.setQueryData(keys.me, saved);
      toast({ text: text("saved") });
    },
  });
  const zone = me?.timezone?.useAutomaticTimezone === "false" ? me.timezone.manualTimezone : "";
  return (
    <div className={settings.form}>
      <Select
        label={text("theme")}
        options={THEMES.map((id) => ({ id, text: text(`theme_${id}`) }))}
        selected={theme}
        onSelect={(id) => chooseTheme(THEMES.find((one) => one === id) ?? "system")}
      />
      <ComboBox
        key={zone}
        label={text("timeZone")}
        options={[{ id: "", text: text("zoneOfBrowser", { zone: here() }) }, ...ZONES]}
        selected={zone}
        onSelect={(id) => {
          if (id !== null && id !== zone) setZone.mutate(id);
        }}
      />
    </div>
  );
}

function here(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
