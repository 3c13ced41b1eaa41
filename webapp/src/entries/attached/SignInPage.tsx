import { useSearchParam } from "@/host";
import { Banner, Button, EmptyState, StateScreen } from "@/ui";
import { useAttachedText } from "./text";

/** Who comes without a session signs in at Mattermost, and comes back to where they wanted to go. */
export default function SignInPage() {
  const text = useAttachedText();
  const [redirectTo] = useSearchParam("redirect_to");
  const [refused] = useSearchParam("refused");
  const address = `/oauth/mattermost/login?${new URLSearchParams({ redirect_to: redirectTo || "/" })}`;
  return (
    <StateScreen>
      {refused !== "" && (
        <Banner tone="danger">{text(refused === "pages.none" ? "notSetUp" : "notSignedIn")}</Banner>
      )}
      <EmptyState
        isPage
        title={text("signInTitle")}
        action={
          <Button variant="primary" onPress={() => window.location.assign(address)}>
            {text("signIn")}
          </Button>
        }
      >
        {text("signInWhy")}
      </EmptyState>
    </StateScreen>
  );
}
