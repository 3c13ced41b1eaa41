import { Copy, Download, MoreHorizontal, Pencil, Play, Trash2 } from "lucide-react";
import type { Playbook } from "@/api";
import { Link, navigate, paths, useTeam } from "@/host";
import { type Column, DataTable, IconButton, Menu, MenuItem, MenuSeparator, type Sort } from "@/ui";
import { exportAddress, useDuplicatePlaybook } from "./deeds";
import styles from "./PlaybookTable.module.css";
import { usePlaybooksText } from "./text";

export interface PlaybookTableProps {
  playbooks: readonly Playbook[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  onDelete: (playbook: Playbook) => void;
  mayMake: boolean;
}

export function PlaybookTable({ playbooks, sort, onSort, onDelete, mayMake }: PlaybookTableProps) {
  const text = usePlaybooksText();
  const team = useTeam();
  const columns: Column<Playbook>[] = [
    {
      id: "title",
      title: text("name"),
      sorts: "asc",
      width: "minmax(0, 1fr)",
      isPlain: true,
      cell: ({ id, title, description }) => (
        <>
          <Link href={paths.playbook(team.name, id)} className={styles.name}>
            {title}
          </Link>
          {description !== "" && <p className={styles.description}>{description}</p>}
        </>
      ),
    },
    {
      id: "stages",
      title: text("stages"),
      sorts: "asc",
      width: "110px",
      cell: (playbook) => playbook.num_stages,
    },
    {
      id: "tasks",
      title: text("tasks"),
      sorts: "asc",
      width: "110px",
      cell: (playbook) => playbook.num_steps,
    },
    {
      id: "actions",
      title: text("actions"),
      width: "64px",
      isPlain: true,
      cell: (playbook) => <Actions playbook={playbook} onDelete={onDelete} mayMake={mayMake} />,
    },
  ];
  return (
    <DataTable
      label={text("playbooks")}
      columns={columns}
      rows={playbooks}
      rowId={(playbook) => playbook.id}
      sort={sort}
      onSort={onSort}
      onRow={(playbook) => navigate(paths.playbook(team.name, playbook.id))}
    />
  );
}

interface ActionsProps {
  playbook: Playbook;
  onDelete: (playbook: Playbook) => void;
  mayMake: boolean;
}

function Actions({ playbook, onDelete, mayMake }: ActionsProps) {
  const text = usePlaybooksText();
  const team = useTeam();
  const duplicate = useDuplicatePlaybook();
  const label = text("actionsOn", { title: playbook.title });
  return (
    <div className={styles.actions}>
      <Menu label={label} trigger={<IconButton label={label} icon={<MoreHorizontal size={18} />} />}>
        <MenuItem
          icon={<Pencil size={16} />}
          onAction={() => navigate(paths.playbook(team.name, playbook.id))}
        >
          {text("edit")}
        </MenuItem>
        {mayMake && (
          <MenuItem icon={<Copy size={16} />} onAction={() => duplicate.mutate(playbook)}>
            {text("duplicate")}
          </MenuItem>
        )}
        <MenuItem
          icon={<Download size={16} />}
          onAction={() => window.location.assign(exportAddress(playbook.id))}
        >
          {text("export")}
        </MenuItem>
        <MenuItem
          icon={<Play size={16} />}
          onAction={() => navigate(paths.rehearse(team.name, "playbook", playbook.id))}
        >
          {text("rehearse")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={16} />} isDanger onAction={() => onDelete(playbook)}>
          {text("delete")}
        </MenuItem>
      </Menu>
    </div>
  );
}
