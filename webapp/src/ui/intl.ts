import { useCallback } from "react";
import { type PrimitiveType, useIntl } from "react-intl";

type Values = Record<string, PrimitiveType>;

/**
 * A hook that gives the words of one room or feature, checked against its text.en.ts.
 *
 * Words stand under the room's name (`ui.cancel`), so that two rooms may use the same key.
 */
export function textHook<Text extends Record<string, string>>(room: string) {
  return function useText() {
    const intl = useIntl();
    return useCallback(
      (key: keyof Text & string, values?: Values): string =>
        intl.formatMessage({ id: `${room}.${key}` }, values),
      [intl],
    );
  };
}

export type TextOf<Hook extends () => unknown> = ReturnType<Hook>;
