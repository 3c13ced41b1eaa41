import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";

/** A part of a timeline, in milliseconds since its start. */
export interface View {
  from: number;
  to: number;
}

export interface Zoom {
  view: View;
  isZoomed: boolean;
  /** How many milliseconds a pixel is. */
  msPerPixel: number;
  by: (factor: number) => void;
  /** Show a part of the timeline, as closely as it goes. */
  show: (part: View) => void;
  /** Shift the view by a part of its width: -0.5 is half of it towards the start. */
  shift: (part: number) => void;
  reset: () => void;
}

const CLOSEST = 500;

/** Zooming and shifting of a time axis over `length` ms: by buttons, by pinching, by Ctrl and the wheel, by dragging. */
export function useZoom(layer: RefObject<HTMLElement | null>, length: number): Zoom {
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const [width, setWidth] = useState(1);
  const behavior = useRef<ZoomBehavior<HTMLElement, unknown>>(null);
  useEffect(() => {
    const element = layer.current;
    if (element === null) return;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([1, CLOSEST])
      .filter((event: Event) => isMeant(event, element))
      .on("zoom", ({ transform }: { transform: ZoomTransform }) => setTransform(transform));
    behavior.current = zooming;
    const resized = new ResizeObserver(() => {
      const { clientWidth } = element;
      const extent: [[number, number], [number, number]] = [
        [0, 0],
        [clientWidth, 1],
      ];
      zooming.extent(extent).translateExtent(extent);
      setWidth(Math.max(1, clientWidth));
    });
    resized.observe(element);
    select(element).call(zooming).on("dblclick.zoom", null);
    const plot = element.parentElement;
    // Marks stand beside the layer, above it: what is meant for zooming there is handed on.
    const handOn = (event: WheelEvent) => {
      if (!isMeant(event, element) || !(event.target instanceof Element)) return;
      if (event.target.closest("button") === null) return;
      event.preventDefault();
      element.dispatchEvent(new WheelEvent(event.type, event));
    };
    plot?.addEventListener("wheel", handOn, { passive: false });
    return () => {
      plot?.removeEventListener("wheel", handOn);
      resized.disconnect();
      select(element).on(".zoom", null);
    };
  }, [layer]);
  return useMemo(() => {
    const whole = scaleUtc().domain([0, length]).range([0, width]);
    const [from = whole.invert(0), to = whole.invert(width)] = transform.rescaleX(whole).domain();
    const call = (change: (zooming: ZoomBehavior<HTMLElement, unknown>, element: HTMLElement) => void) => {
      if (behavior.current && layer.current) change(behavior.current, layer.current);
    };
    return {
      view: { from: from.getTime(), to: to.getTime() },
      isZoomed: transform.k > 1,
      msPerPixel: (to.getTime() - from.getTime()) / width,
      by: (factor) => call((zooming, element) => zooming.scaleBy(select(element), factor)),
      show: (part) =>
        call((zooming, element) => {
          const scale = Math.min(CLOSEST, Math.max(1, length / Math.max(1, part.to - part.from)));
          const shown = zoomIdentity.scale(scale).translate(-whole(part.from), 0);
          zooming.transform(select(element), shown);
        }),
      shift: (part) =>
        call((zooming, element) => zooming.translateBy(select(element), (-part * width) / transform.k, 0)),
      reset: () => call((zooming, element) => zooming.transform(select(element), zoomIdentity)),
    };
  }, [layer, transform, width, length]);
}

/** A wheel scrolls the page unless Ctrl is held; one finger does so too, until something is zoomed. */
function isMeant(event: Event, element: HTMLElement): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if (window.TouchEvent && event instanceof TouchEvent) {
    return event.touches.length > 1 || element.dataset.zoomed !== undefined;
  }
  return event instanceof MouseEvent && event.button === 0;
}

/** Even moments in a view, about `count` of them: 5 s, 1 min, 15 min, 1 h apart. */
export function ticksIn(view: View, count: number): number[] {
  return scaleUtc()
    .domain([view.from, view.to])
    .ticks(count)
    .map((tick) => tick.getTime());
}
