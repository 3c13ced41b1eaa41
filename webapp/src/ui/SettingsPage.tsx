import settings from "./settings.module.css";
import { Tabs, type TabsProps } from "./Tabs";

/** How pages of settings set their parts out: form, row, heading, session, grow, quiet. */
export { settings };

export interface SettingsPageProps extends Omit<TabsProps, "label"> {
  title: string;
  /** The way back to where one came from. */
  back: React.ReactNode;
  isWide?: boolean;
}

/** A page of its own with tabs of settings. */
export function SettingsPage({ title, back, isWide, ...tabs }: SettingsPageProps) {
  return (
    <main className={settings.page} data-wide={isWide || undefined}>
      <div className={settings.back}>{back}</div>
      <h1 className={settings.title}>{title}</h1>
      <Tabs label={title} {...tabs} />
    </main>
  );
}
