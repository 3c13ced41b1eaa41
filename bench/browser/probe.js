/** Stands in each page before its own script: notes when things are on the screen. Read as `window.bench`. */
(() => {
  const bench = { keysMs: [], framesMs: [], longFrames: [], isFilming: false };
  window.bench = bench;

  /** After the next frame: its callbacks, style, layout and paint are done when the message arrives. */
  const afterFrame = (tell) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => tell(performance.now());
      port2.postMessage(null);
    });
  /** A post that is seen: not one that a list holds hidden while it looks for its place. */
  const isSeen = (post) => {
    const list = post.closest('[role="log"]').getBoundingClientRect();
    const { top, bottom } = post.getBoundingClientRect();
    return post.checkVisibility({ visibilityProperty: true }) && bottom > list.top && top < list.bottom;
  };
  const whenSeen = (selector, tell) => {
    if ([...document.querySelectorAll(selector)].some(isSeen)) afterFrame(tell);
    else requestAnimationFrame(() => whenSeen(selector, tell));
  };

  /** When the channel can be read and written in, in milliseconds since its address was asked for. */
  bench.usable = new Promise((tell) => {
    whenSeen('section:has(textarea[data-composer="channel"]) article[data-post]', tell);
  });

  /** From the next click to the posts of a channel. */
  bench.switched = (name) =>
    new Promise((tell) => {
      const onClick = (event) =>
        whenSeen(`section[aria-label="${name}"] article[data-post]`, (at) => tell(at - event.timeStamp));
      addEventListener("click", onClick, { capture: true, once: true });
    });

  addEventListener("keydown", (event) => afterFrame((at) => bench.keysMs.push(at - event.timeStamp)), true);

  let before = 0;
  const film = (now) => {
    if (!bench.isFilming) return;
    if (before > 0) bench.framesMs.push(now - before);
    before = now;
    requestAnimationFrame(film);
  };
  bench.film = () => {
    bench.isFilming = true;
    bench.framesMs = [];
    bench.longFrames = [];
    before = 0;
    requestAnimationFrame(film);
  };
  new PerformanceObserver((list) => {
    for (const { duration, blockingDuration } of list.getEntries()) bench.longFrames.push([duration, blockingDuration]);
  }).observe({ type: "long-animation-frame" });

  const PATIENCE_MS = 30_000;
  /** Scrolls up until the heading of the channel's start is there, as a patient reader would. */
  bench.loadAll = async () => {
    const list = document.querySelector('[role="log"][aria-label="Posts"]');
    let height = 0;
    let grewAt = performance.now();
    while (!list.firstElementChild.querySelector("h2")) {
      if (list.scrollHeight > height) {
        height = list.scrollHeight;
        grewAt = performance.now();
      } else if (performance.now() - grewAt > PATIENCE_MS) {
        const heading = list.firstElementChild.textContent || "a spinner";
        throw new Error(`Older posts stopped coming ${PATIENCE_MS / 1000} s ago; in their place stands: ${heading}`);
      }
      list.scrollTop = list.scrollTop > 0 ? 0 : 1;
      await new Promise(requestAnimationFrame);
    }
  };
  /** How many posts are loaded, while the last of them is shown. */
  bench.loaded = () => Number([...document.querySelectorAll('[role="log"] [data-index]')].at(-1).dataset.index) + 1;
})();
