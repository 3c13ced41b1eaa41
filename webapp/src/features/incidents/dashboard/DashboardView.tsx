import { useQuery } from "@tanstack/react-query";
import { ChartColumn, CircleCheckBig, Clock, Megaphone, RotateCcw, SearchX, ShieldAlert } from "lucide-react";
import { useIntl } from "react-intl";
import { messageOf, statusOf } from "@/api";
import { addressNow, navigate, useSearchParam, useTeam } from "@/host";
import { Button, durationText, EmptyState, ErrorState, Spinner, useTimeZone } from "@/ui";
import { Figure } from "../details/Figures";
import figures from "../details/Figures.module.css";
import { DateFilter, PlaybookFilter } from "../list/Filters";
import filters from "../list/Filters.module.css";
import { useIncidentsText } from "../text";
import { dayIn, idIn } from "../written";
import styles from "./Dashboard.module.css";
import { LoadCard } from "./LoadCard";
import { MonthsCard } from "./MonthsCard";
import { PlaybooksCard } from "./PlaybooksCard";
import { type Question, questionOf, type Scope, type TimesOf, timesQuery, toDoQuery } from "./questions";
import { StepsCard } from "./StepsCard";
import { stepNamed, stepsOf } from "./steps";
import { ToDoCard } from "./ToDoCard";
import { useDashboardText } from "./text";

const ANY: Scope = { playbook: "", from: "", to: "" };

/** What the incidents say together that the address asks for. */
export function DashboardView() {
  const text = useDashboardText();
  const around = useIncidentsText();
  const team = useTeam();
  const zone = useTimeZone();
  const [playbook] = useSearchParam("playbook");
  const [from] = useSearchParam("from");
  const [to] = useSearchParam("to");
  const scope = { playbook: idIn(playbook), from: dayIn(from), to: dayIn(to) };
  const question = questionOf(scope, team.id, zone);
  const { data, error, refetch, isPlaceholderData } = useQuery(timesQuery(question));
  const isNarrowed = Object.values(scope).some((value) => value !== "");
  if (error) {
    const message = statusOf(error) === 403 ? around("guestsListNone") : messageOf(error);
    return <ErrorState message={message ?? text("notReached")} onRetry={() => void refetch()} />;
  }
  if (!data) return <Spinner label={text("loading")} />;
  if (data.times.incidents === 0 && !isNarrowed && !isPlaceholderData) {
    return (
      <EmptyState title={text("empty")} icon={<ChartColumn size={26} />}>
        {text("emptyWhy")}
      </EmptyState>
    );
  }
  const reset = (
    <Button variant="quiet" size="s" icon={<RotateCcw size={14} />} onPress={() => narrow(ANY)}>
      {text("resetFilters")}
    </Button>
  );
  return (
    <>
      <search className={filters.filters} aria-label={text("filters")}>
        <div className={filters.row}>
          <PlaybookFilter playbook={scope.playbook} onChange={(playbook) => narrow({ playbook })} />
          <DateFilter from={scope.from} to={scope.to} onChange={narrow} />
          {isNarrowed && reset}
        </div>
      </search>
      {data.times.incidents === 0 ? (
        <EmptyState title={text("noneMatch")} icon={<SearchX size={26} />} action={reset} />
      ) : (
        <div className={isPlaceholderData ? styles.stale : undefined}>
          <Told data={data} question={question} />
        </div>
      )}
    </>
  );
}

function Told({ data, question }: { data: TimesOf; question: Question }) {
  const [named, choose] = useSearchParam("step");
  const steps = stepsOf(data.times);
  const step = stepNamed(named, steps);
  return (
    <>
      <Totals data={data} question={question} />
      <div className={styles.cards}>
        <StepsCard times={data.times} steps={steps} step={step} question={question} onStep={choose} />
        <MonthsCard months={data.months} step={step} question={question} onMonth={narrow} />
        {data.playbooks.length > 1 && (
          <PlaybooksCard
            playbooks={data.playbooks}
            step={step}
            question={question}
            onPlaybook={(playbook) => narrow({ playbook })}
          />
        )}
        <LoadCard question={question} />
        <ToDoCard question={question} />
      </div>
    </>
  );
}

function Totals({ data: { times, ongoing }, question }: { data: TimesOf; question: Question }) {
  const text = useDashboardText();
  const { data: toDo } = useQuery(toDoQuery(question));
  const intl = useIntl();
  const { incidents, first_update: first, end } = times;
  const of = (count: number) => text("of", { count, all: incidents });
  return (
    <ul className={figures.figures}>
      <Figure title={text("incidents")} icon={<ShieldAlert size={20} />} value={intl.formatNumber(incidents)}>
        {text("incidentsMean", { ongoing })}
      </Figure>
      <Figure
        title={text("toFirst")}
        icon={<Megaphone size={20} />}
        value={first ? durationText(first.median_ms) : "--"}
      >
        {first ? `${text("median")}, ${of(first.count)}` : text("never")}
      </Figure>
      <Figure
        title={text("toEnd")}
        icon={<Clock size={20} />}
        value={end ? durationText(end.median_ms) : "--"}
      >
        {end ? `${text("median")}, ${of(end.count)}` : text("never")}
      </Figure>
      <Figure
        title={text("openFollowUps")}
        icon={<CircleCheckBig size={20} />}
        value={toDo ? intl.formatNumber(toDo.open) : "…"}
      >
        {toDo && text("overdueCount", { count: toDo.overdue })}
      </Figure>
    </ul>
  );
}

/** Write into the address what the dashboard is to be of. */
function narrow(changes: Partial<Scope>): void {
  const { path, search } = addressNow();
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  navigate(query === "" ? path : `${path}?${query}`, { replace: true });
}
