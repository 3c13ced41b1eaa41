import { Play } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/api";
import { navigate, type PageProps, paths, useTeam } from "@/host";
import { Button, Select, TextField } from "@/ui";
import { IncidentsBar } from "../IncidentsBar";
import { useRehearse } from "./questions";
import styles from "./Rehearsal.module.css";
import { useRehearsalText } from "./text";

const SPEEDS = [1, 2, 5, 10, 30, 60, 300, 1000];
const USUAL = 10;
const MOST_SEED = 2 ** 31;

/** What a rehearsal is, how fast it goes, and for a playbook which incident is made up. */
export default function RehearsePage({ params: { kind = "", id = "" } }: PageProps) {
  const text = useRehearsalText();
  const team = useTeam();
  const rehearse = useRehearse();
  const [speed, setSpeed] = useState(USUAL);
  const [seed, setSeed] = useState("1");
  const isDrawn = kind === "playbook";
  const isSeed = /^\d{1,10}$/.test(seed) && Number(seed) <= MOST_SEED;
  const back = isDrawn ? paths.playbooks(team.name) : paths.incident(team.name, id);
  return (
    <>
      <IncidentsBar />
      <div className={styles.page}>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!isDrawn || isSeed) rehearse.mutate({ kind, id, speed, seed: Number(seed) });
          }}
        >
          <h1 className={styles.title}>{text(isDrawn ? "titleOfPlaybook" : "titleOfIncident")}</h1>
          <p>{text(isDrawn ? "introDrawn" : "intro")}</p>
          <Select
            label={text("howFast")}
            options={SPEEDS.map((one) => ({
              id: String(one),
              text: one === 1 ? text("speedAsItWas") : text("speed", { speed: one }),
            }))}
            selected={String(speed)}
            onSelect={(one) => setSpeed(Number(one ?? USUAL))}
          />
          {isDrawn && (
            <>
              <TextField
                label={text("seed")}
                value={seed}
                onChange={setSeed}
                error={isSeed ? undefined : text("wholeNumber")}
              />
              <p className={styles.hint}>{text("seedHint")}</p>
            </>
          )}
          {rehearse.error && (
            <p role="alert" className={styles.failure}>
              {messageOf(rehearse.error) ?? text("notReached")}
            </p>
          )}
          <div className={styles.deeds}>
            <Button type="submit" variant="primary" icon={<Play size={16} />} isPending={rehearse.isPending}>
              {text("begin")}
            </Button>
            <Button onPress={() => navigate(back)}>{text("back")}</Button>
          </div>
        </form>
      </div>
    </>
  );
}
