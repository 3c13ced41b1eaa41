import { useRouteError } from "react-router";
import { Link, paths } from "@/host";
import { EmptyState, ErrorState, StateScreen } from "@/ui";
import { useEntryText } from "./text";

export function NotFoundPage() {
  const text = useEntryText();
  return (
    <StateScreen>
      <EmptyState isPage title={text("notFound")} action={<Link href={paths.home}>{text("toStart")}</Link>}>
        {text("notFoundWhy")}
      </EmptyState>
    </StateScreen>
  );
}

/** A page that could not be fetched, or broke. */
export function PageFailed() {
  const text = useEntryText();
  const error = useRouteError();
  return (
    <StateScreen>
      <ErrorState
        isPage
        title={text("broken")}
        message={error instanceof Error ? error.message : undefined}
        onRetry={() => window.location.reload()}
      />
    </StateScreen>
  );
}
