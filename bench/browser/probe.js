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
  const whenThere = (selector, tell) => {
    if (document.querySelector(selector)) afterFrame(tell);
    else requestAnimationFrame(() => whenThere(selector, tell));
  };

  /** When the channel can be read and written in, in milliseconds since its address was asked for. */
  bench.usable = new Promise((tell) => {
    whenThere('section:has(textarea[data-composer="channel"]) article[data-post]', tell);
  });

  /** From the next click to the posts of a channel. */
  bench.switched = (name) =>
    new Promise((tell) => {
      const onClick = (event) =>
        whenThere(`section[aria-label="${name}"] article[data-post]`, (at) => tell(at - event.timeStamp));
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

  /** How many posts the list holds before the one it began with; the list numbers them from here. */
  const FIRST_PLACE = 10_000_000;
  bench.loaded = () => {
    const first = document.querySelector('[role="log"] [data-item-index]');
    return first ? FIRST_PLACE - Number(first.dataset.itemIndex) : 0;
  };
  bench.loadAll = async (wanted) => {
    const list = document.querySelector('[role="log"]');
    while (bench.loaded() < wanted) {
      const had = bench.loaded();
      list.scrollTop = list.scrollTop > 0 ? 0 : 1;
      const until = performance.now() + 5_000;
      while (bench.loaded() === had && performance.now() < until) await new Promise(requestAnimationFrame);
      if (bench.loaded() === had) return had;
    }
    return bench.loaded();
  };
})();
