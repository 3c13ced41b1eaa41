import { create } from "zustand";
import { sendLive } from "@/host";

const SHOWN_MS = 5_000;
const TOLD_EVERY_MS = 4_000;

interface Typing {
  channelId: string;
  rootId: string;
  userId: string;
}

/** Who is writing where, as heard within the last seconds. */
export const typingStore = create<{ now: readonly Typing[] }>(() => ({ now: [] }));

const timers = new Map<string, ReturnType<typeof setTimeout>>();

export function heardTyping(channelId: string, rootId: string, userId: string): void {
  const isSame = (one: Typing) =>
    one.channelId === channelId && one.rootId === rootId && one.userId === userId;
  const key = `${channelId} ${rootId} ${userId}`;
  clearTimeout(timers.get(key));
  typingStore.setState(({ now }) =>
    now.some(isSame) ? { now } : { now: [...now, { channelId, rootId, userId }] },
  );
  timers.set(
    key,
    setTimeout(() => stoppedTyping(isSame), SHOWN_MS),
  );
}

function stoppedTyping(isIt: (one: Typing) => boolean): void {
  typingStore.setState(({ now }) => ({ now: now.filter((one) => !isIt(one)) }));
}

let told = { where: "", at: 0 };

/** Tell the others in a channel that one is writing, now and then. */
export function tellTyping(channelId: string, rootId: string): void {
  const where = `${channelId} ${rootId}`;
  if (told.where === where && Date.now() - told.at < TOLD_EVERY_MS) return;
  told = { where, at: Date.now() };
  sendLive("user_typing", { channel_id: channelId, parent_id: rootId });
}
