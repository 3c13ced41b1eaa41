import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";
import { cache, meQuery, timeZoneOf } from "@/api";
import type { Language } from "./languages";

/** What every screen rests on: what the server told us, and words and times as the reader writes them. */
export function Provided({ language, children }: { language: Language; children: ReactNode }) {
  return (
    <QueryClientProvider client={cache}>
      <Words language={language}>
        <I18nProvider locale={language.directed}>{children}</I18nProvider>
      </Words>
    </QueryClientProvider>
  );
}

/** Texts in the reader's language, and times in the time zone of the profile. */
function Words({ language, children }: { language: Language; children: ReactNode }) {
  const { data: me } = useQuery({ ...meQuery, enabled: false });
  return (
    <IntlProvider
      locale={language.locale}
      messages={language.messages}
      defaultLocale="en"
      timeZone={timeZoneOf(me)}
    >
      {children}
    </IntlProvider>
  );
}
