import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut } from "lucide-react";
import { type CSSProperties, Fragment, useRef, useState } from "react";
import { Toolbar } from "react-aria-components";
import { useIsNarrow } from "@/host";
import { durationText, IconButton } from "@/ui";
import { useIncidentsText } from "../text";
import { MarkButton } from "./MarkButton";
import styles from "./TimelineChart.module.css";
import { grouped, type Mark, type Span, type Timeline } from "./timeline";
import { ticksIn, useZoom, type View } from "./useZoom";

/** Closer than this, marks would cover each other. */
const MARK_PX = 27;
const GAP_NAME_PX = 130;

/** When what happened: stages as bands across, tasks and other marks at their moments, time from left to right. */
export function TimelineChart({ timeline }: { timeline: Timeline }) {
  const text = useIncidentsText();
  const isNarrow = useIsNarrow();
  const layer = useRef<HTMLDivElement>(null);
  const { from, to } = timeline;
  const { view, isZoomed, msPerPixel, by, show, shift, reset } = useZoom(layer, Math.max(1_000, to - from));
  const [pointed, setPointed] = useState<number | null>(null);
  const ticks = ticksIn(view, isNarrow ? 4 : 8);
  const marksIn = (marks: readonly Mark[], task?: string) => {
    const seen = marks.filter((mark) => mark.at - from >= view.from && mark.at - from <= view.to);
    return grouped(seen, MARK_PX * msPerPixel).map((group) => (
      <MarkButton
        key={group[0].key}
        marks={group}
        task={task}
        start={from}
        style={{ left: `${at(group[0].at - from, view)}%` }}
        onCloser={(first, last) => show(around(first - from, last - from))}
      />
    ));
  };
  return (
    <div className={styles.around}>
      <div className={styles.tools}>
        <IconButton size="s" label={text("zoomIn")} icon={<ZoomIn size={16} />} onPress={() => by(2)} />
        <IconButton
          size="s"
          label={text("zoomOut")}
          icon={<ZoomOut size={16} />}
          isDisabled={!isZoomed}
          onPress={() => by(0.5)}
        />
        <IconButton
          size="s"
          label={text("earlier")}
          icon={<ChevronLeft size={16} />}
          isDisabled={!isZoomed}
          onPress={() => shift(-0.5)}
        />
        <IconButton
          size="s"
          label={text("later")}
          icon={<ChevronRight size={16} />}
          isDisabled={!isZoomed}
          onPress={() => shift(0.5)}
        />
        <IconButton
          size="s"
          label={text("showWhole")}
          icon={<Maximize2 size={15} />}
          isDisabled={!isZoomed}
          onPress={reset}
        />
        <span className={styles.hint}>{text("zoomHint")}</span>
      </div>
      <Toolbar className={styles.plot} aria-label={text("timelineMarks")} dir="ltr">
        <div
          ref={layer}
          className={styles.layer}
          data-zoomed={isZoomed || undefined}
          aria-hidden="true"
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            setPointed(view.from + ((event.clientX - box.left) / box.width) * (view.to - view.from));
          }}
          onPointerLeave={() => setPointed(null)}
        >
          {timeline.bands.map((band) => (
            <span
              key={band.from}
              className={styles.band}
              data-tint={band.position % 4}
              style={spanStyle(band, from, view)}
            />
          ))}
          {timeline.pauses.map((pause) => (
            <span key={pause.from} className={styles.pause} style={spanStyle(pause, from, view)} />
          ))}
          {timeline.gaps.map((gap) => (
            <span key={gap.from} className={styles.gap} style={spanStyle(gap, from, view)} />
          ))}
          {ticks.map((tick) => (
            <span key={tick} className={styles.line} style={{ left: `${at(tick, view)}%` }} />
          ))}
          {pointed !== null && <span className={styles.pointer} style={{ left: `${at(pointed, view)}%` }} />}
        </div>
        <div className={styles.lane} data-kind="stages">
          <span className={styles.label}>{text("stages")}</span>
          <span className={styles.track}>
            {timeline.bands.map((band) => (
              <span
                key={band.from}
                className={styles.bandName}
                data-tint={band.position % 4}
                style={spanStyle(band, from, view)}
                title={band.title}
              >
                {band.title}
              </span>
            ))}
            {timeline.pauses.map((pause) => (
              <span key={pause.from} className={styles.bandName} style={spanStyle(pause, from, view)}>
                {text("ended")}
              </span>
            ))}
          </span>
        </div>
        <div className={styles.lane} data-kind="marks">
          <span className={styles.label}>{text("updatesAndPeople")}</span>
          <span className={styles.track}>
            {timeline.gaps
              .filter((gap) => gap.to - gap.from > GAP_NAME_PX * msPerPixel)
              .map((gap) => (
                <span key={gap.from} className={styles.gapName} style={spanStyle(gap, from, view)}>
                  {text("nothingFor", { duration: durationText(gap.to - gap.from) })}
                </span>
              ))}
            {marksIn(timeline.marks)}
          </span>
        </div>
        {timeline.stages.map((stage, number) => (
          <Fragment key={stage.key}>
            <div className={styles.lane} data-kind="stage">
              <span className={styles.label}>
                <span className={styles.swatch} data-tint={number % 4} />
                {stage.title}
              </span>
              <span className={styles.track} />
            </div>
            {stage.tasks.map((task) => (
              <div key={task.key} className={styles.lane} data-open={!task.isDone || undefined}>
                <span className={styles.label} title={task.title}>
                  {task.title}
                </span>
                <span className={styles.track}>{marksIn(task.marks, task.title)}</span>
              </div>
            ))}
          </Fragment>
        ))}
        <div className={styles.lane} data-kind="axis" aria-hidden="true">
          <span className={styles.label}>{text("sinceStart")}</span>
          <span className={styles.track}>
            {ticks.map((tick) => (
              <span key={tick} className={styles.tick} style={{ left: `${at(tick, view)}%` }}>
                {tick === 0 ? "0" : durationText(tick, { seconds: tick % 60_000 !== 0 })}
              </span>
            ))}
            {pointed !== null && (
              <span className={styles.pointed} style={{ left: `${at(pointed, view)}%` }}>
                {durationText(pointed, { seconds: true })}
              </span>
            )}
          </span>
        </div>
      </Toolbar>
    </div>
  );
}

/** A view of two moments with some room at both sides. */
function around(first: number, last: number): View {
  const room = Math.max(500, (last - first) / 4);
  return { from: Math.max(0, first - room), to: last + room };
}

/** Where a moment is in a view, in percent. */
function at(elapsed: number, view: View): number {
  return ((elapsed - view.from) / Math.max(1, view.to - view.from)) * 100;
}

function spanStyle(span: Span, start: number, view: View): CSSProperties {
  const left = Math.max(0, at(span.from - start, view));
  const right = Math.min(100, at(span.to - start, view));
  return right <= left ? { display: "none" } : { left: `${left}%`, width: `${right - left}%` };
}
