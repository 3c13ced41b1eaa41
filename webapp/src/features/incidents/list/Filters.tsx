import { useQuery } from "@tanstack/react-query";
import { CalendarDays, ChevronDown, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import { nameOf, pictureOf, playbooksQuery, useUser } from "@/api";
import { useTeam } from "@/host";
import { Button, DialogTrigger, Menu, MenuItem, PopoverPanel, TextField, UserPicker } from "@/ui";
import { commandersQuery } from "../questions";
import { useIncidentsText } from "../text";
import styles from "./Filters.module.css";
import { isNarrowed, type Wish } from "./wish";

export interface FiltersProps {
  wish: Wish;
  onChange: (change: Partial<Wish>) => void;
}

/** Everything by which the list is narrowed. */
export function Filters({ wish, onChange }: FiltersProps) {
  const text = useIncidentsText();
  return (
    <search className={styles.filters} aria-label={text("filters")}>
      <SearchBox
        key={wish.search === "" ? "empty" : "full"}
        term={wish.search}
        onSearch={(search) => onChange({ search })}
      />
      <div className={styles.row}>
        <WhoseFilter everyone={wish.everyone} onChange={(everyone) => onChange({ everyone })} />
        <StatusFilter status={wish.status} onChange={(status) => onChange({ status })} />
        <CommanderFilter commander={wish.commander} onChange={(commander) => onChange({ commander })} />
        <PlaybookFilter playbook={wish.playbook} onChange={(playbook) => onChange({ playbook })} />
        <DateFilter from={wish.from} to={wish.to} onChange={onChange} />
        {isNarrowed(wish) && (
          <Button
            variant="quiet"
            size="s"
            icon={<RotateCcw size={14} />}
            onPress={() =>
              onChange({ search: "", commander: "", status: "", playbook: "", from: "", to: "" })
            }
          >
            {text("resetFilters")}
          </Button>
        )}
      </div>
    </search>
  );
}

const DEBOUNCE_MS = 300;

/** The field is its own while it is typed in; the list follows. */
function SearchBox({ term, onSearch }: { term: string; onSearch: (term: string) => void }) {
  const text = useIncidentsText();
  const [typed, setTyped] = useState(term);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    if (typed === term) return;
    const timer = setTimeout(() => search.current(typed), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [typed, term]);
  return (
    <div className={styles.search}>
      <TextField
        label={text("searchByName")}
        hidesLabel
        type="search"
        placeholder={text("searchByName")}
        value={typed}
        onChange={setTyped}
      />
    </div>
  );
}

function FilterButton({ isOn, children }: { isOn: boolean; children: React.ReactNode }) {
  return (
    <span className={styles.filter} data-on={isOn || undefined}>
      <Button size="s">
        <span className={styles.words}>
          {children}
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      </Button>
    </span>
  );
}

function WhoseFilter({ everyone, onChange }: { everyone: boolean; onChange: (everyone: boolean) => void }) {
  const text = useIncidentsText();
  return (
    <fieldset className={styles.whose} aria-label={text("whose")}>
      {[false, true].map((value) => (
        <button
          key={String(value)}
          type="button"
          className={styles.segment}
          aria-pressed={everyone === value}
          onClick={() => onChange(value)}
        >
          {text(value ? "allICanSee" : "mine")}
        </button>
      ))}
    </fieldset>
  );
}

function StatusFilter({
  status,
  onChange,
}: {
  status: Wish["status"];
  onChange: (status: Wish["status"]) => void;
}) {
  const text = useIncidentsText();
  const words = { Ongoing: text("ongoing"), Ended: text("ended"), "": text("all") } as const;
  return (
    <Menu
      label={text("status")}
      placement="bottom start"
      trigger={
        <FilterButton isOn={status !== ""}>{status === "" ? text("status") : words[status]}</FilterButton>
      }
    >
      {(["Ongoing", "Ended", ""] as const).map((one) => (
        <MenuItem key={one} onAction={() => onChange(one)}>
          {words[one]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function CommanderFilter({ commander, onChange }: { commander: string; onChange: (id: string) => void }) {
  const text = useIncidentsText();
  const team = useTeam();
  const { data: commanders, isLoading } = useQuery(commandersQuery(team.id));
  const chosen = useUser(commander);
  return (
    <UserPicker
      label={text("commander")}
      trigger={
        <FilterButton isOn={commander !== ""}>
          {commander === "" ? text("commander") : chosen ? nameOf(chosen) : "…"}
        </FilterButton>
      }
      users={(commanders ?? []).map(({ user_id, username }) => ({
        id: user_id,
        picture: pictureOf({ id: user_id }),
        text: `@${username}`,
      }))}
      selected={commander === "" ? null : commander}
      isLoading={isLoading}
      onPick={onChange}
      reset={commander === "" ? undefined : { text: text("allCommanders"), onPress: () => onChange("") }}
    />
  );
}

export function PlaybookFilter({ playbook, onChange }: { playbook: string; onChange: (id: string) => void }) {
  const text = useIncidentsText();
  const team = useTeam();
  const { data: playbooks = [] } = useQuery(playbooksQuery(team.id));
  const chosen = playbooks.find(({ id }) => id === playbook);
  if (playbooks.length === 0 && playbook === "") return null;
  return (
    <Menu
      label={text("playbook")}
      placement="bottom start"
      trigger={
        <FilterButton isOn={playbook !== ""}>
          {playbook === "" ? text("playbook") : (chosen?.title ?? text("otherPlaybook"))}
        </FilterButton>
      }
    >
      {[
        <MenuItem key="" onAction={() => onChange("")}>
          {text("allPlaybooks")}
        </MenuItem>,
        ...playbooks.map(({ id, title }) => (
          <MenuItem key={id} onAction={() => onChange(id)}>
            {title}
          </MenuItem>
        )),
      ]}
    </Menu>
  );
}

const DAY = { day: "numeric", month: "short", year: "numeric" } as const;

export function DateFilter({
  from,
  to,
  onChange,
}: {
  from: string;
  to: string;
  onChange: FiltersProps["onChange"];
}) {
  const text = useIncidentsText();
  const intl = useIntl();
  const isOn = from !== "" || to !== "";
  const day = (written: string) => (written === "" ? "…" : intl.formatDate(`${written}T00:00:00`, DAY));
  return (
    <DialogTrigger>
      <FilterButton isOn={isOn}>
        <CalendarDays size={14} aria-hidden="true" />
        {isOn ? `${day(from)} – ${day(to)}` : text("started")}
      </FilterButton>
      <PopoverPanel label={text("started")} width="m" placement="bottom start">
        <div className={styles.dates}>
          <TextField
            label={text("startedFrom")}
            type="date"
            value={from}
            onChange={(day) => onChange({ from: day })}
          />
          <TextField
            label={text("startedTo")}
            type="date"
            value={to}
            onChange={(day) => onChange({ to: day })}
          />
          {isOn && <Button onPress={() => onChange({ from: "", to: "" })}>{text("anyTime")}</Button>}
        </div>
      </PopoverPanel>
    </DialogTrigger>
  );
}
