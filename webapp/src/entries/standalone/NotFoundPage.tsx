import { useRouteError } from "react-router";
import { Link, paths } from "@/host";
import { EmptyState, ErrorState } from "@/ui";
import { useEntryText } from "./text";

export function NotFoundPage() {
  const text = useEntryText();
  return (
    <EmptyState title={text("notFound")} action={<Link href={paths.home}>{text("toStart")}</Link>}>
      {text("notFoundWhy")}
    </EmptyState>
  );
}

/** A page that could not be fetched, or broke. */
export function PageFailed() {
  const text = useEntryText();
  const error = useRouteError();
  return (
    <ErrorState
      title={text("broken")}
      message={error instanceof Error ? error.message : undefined}
      onRetry={() => window.location.reload()}
    />
  );
}
