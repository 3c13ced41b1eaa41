import { Component, type ReactNode } from "react";
import { Button, ErrorState } from "@/ui";
import { usePluginText } from "./text";

/** A failure in what we draw stays there: Mattermost and our other parts go on. */
export class Broken extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === null ? this.props.children : <Failed onRetry={() => this.setState({ error: null })} />;
  }
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const text = usePluginText();
  return <ErrorState title={text("broken")} action={<Button onPress={onRetry}>{text("reload")}</Button>} />;
}
