import { ArrowDown, ArrowUp, ArrowUpDown } from "lucide-react";
import { Button } from "./Button";
import styles from "./DataTable.module.css";
import { Menu, MenuItem } from "./Menu";
import { useUiText } from "./text";

export type Direction = "asc" | "desc";

export interface Sort {
  column: string;
  direction: Direction;
}

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => React.ReactNode;
  /** The direction in which a first press sorts by it; without it the column cannot be sorted by. */
  sorts?: Direction;
  /** As CSS grid writes it: "120px", "2fr". */
  width?: string;
  /** Stands without its title where rows are cards: the name of the row, and its buttons. */
  isPlain?: boolean;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** A press anywhere on a row that is not on a control of its own; a link in the row must lead there as well. */
  onRow?: (row: Row) => void;
}

/** Rows under titles that sort them; cards where there is no room for columns. */
export function DataTable<Row>({ label, columns, rows, rowId, sort, onSort, onRow }: DataTableProps<Row>) {
  const template = columns.map((column) => column.width ?? "1fr").join(" ");
  // Roles are written out: as grids and cards, tables lose their own.
  return (
    <div className={styles.around}>
      <SortMenu columns={columns} sort={sort} onSort={onSort} />
      {/* biome-ignore-start lint/a11y/noRedundantRoles: see above */}
      {/* biome-ignore-start lint/a11y/useSemanticElements: see above */}
      <table
        role="table"
        aria-label={label}
        className={styles.table}
        style={{ gridTemplateColumns: template }}
      >
        <thead role="rowgroup" className={styles.head}>
          <tr role="row" className={styles.row}>
            {columns.map((column) => (
              <th
                key={column.id}
                role="columnheader"
                scope="col"
                aria-sort={column.id === sort.column ? ARIA[sort.direction] : undefined}
                className={styles.title}
              >
                {column.sorts === undefined ? (
                  column.title
                ) : (
                  <button
                    type="button"
                    className={styles.sorter}
                    onClick={() => onSort(nextSort(column, sort))}
                  >
                    {column.title}
                    <SortIcon direction={column.id === sort.column ? sort.direction : null} />
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className={styles.body}>
          {rows.map((row) => (
            <tr
              key={rowId(row)}
              role="row"
              className={styles.row}
              data-leads={onRow !== undefined || undefined}
              onClick={(event) => {
                if (event.target instanceof Element && !event.target.closest("a, button")) onRow?.(row);
              }}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  role="cell"
                  className={styles.cell}
                  data-plain={column.isPlain || undefined}
                >
                  {!column.isPlain && (
                    <span className={styles.cellTitle} aria-hidden="true">
                      {column.title}
                    </span>
                  )}
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore-end lint/a11y/noRedundantRoles: see above */}
    </div>
  );
}

const ARIA = { asc: "ascending", desc: "descending" } as const;

/** A press on the column that sorts turns it round; another begins with its own direction. */
function nextSort<Row>(column: Column<Row>, sort: Sort): Sort {
  if (column.id !== sort.column) return { column: column.id, direction: column.sorts ?? "asc" };
  return { column: column.id, direction: sort.direction === "asc" ? "desc" : "asc" };
}

function SortIcon({ direction }: { direction: Direction | null }) {
  if (direction === null) return <ArrowUpDown size={14} className={styles.idle} aria-hidden="true" />;
  return direction === "asc" ? (
    <ArrowUp size={14} aria-hidden="true" />
  ) : (
    <ArrowDown size={14} aria-hidden="true" />
  );
}

/** Where rows are cards there are no titles to press. */
function SortMenu<Row>({ columns, sort, onSort }: Pick<DataTableProps<Row>, "columns" | "sort" | "onSort">) {
  const text = useUiText();
  const current = columns.find((column) => column.id === sort.column);
  return (
    <div className={styles.sortMenu}>
      <Menu
        label={text("sort")}
        trigger={
          <Button size="s" icon={<SortIcon direction={sort.direction} />}>
            {text("sortedBy", { column: current?.title })}
          </Button>
        }
      >
        {columns
          .filter((column) => column.sorts !== undefined)
          .map((column) => (
            <MenuItem
              key={column.id}
              icon={<SortIcon direction={nextSort(column, sort).direction} />}
              onAction={() => onSort(nextSort(column, sort))}
            >
              {column.title}
            </MenuItem>
          ))}
      </Menu>
    </div>
  );
}
