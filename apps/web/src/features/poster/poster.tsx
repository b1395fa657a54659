import { POSTER_HEIGHT, POSTER_WIDTH, posterArt } from "./poster-art.ts";
import { setTitle } from "./set-title.ts";
import styles from "./poster.module.css";

/** Decorative: the event's name always stands in words beside it. */
export function Poster({
  title,
  genre,
  lettered = false,
}: {
  title: string;
  genre: string;
  lettered?: boolean;
}) {
  const { colors, shapes } = posterArt(title, genre);
  const set = lettered ? setTitle(title) : null;
  return (
    <svg
      className={styles["poster"]}
      viewBox={`0 0 ${POSTER_WIDTH} ${POSTER_HEIGHT}`}
      preserveAspectRatio={lettered ? "xMidYMin slice" : "xMidYMid slice"}
      aria-hidden="true"
      focusable="false"
    >
      <rect width={POSTER_WIDTH} height={POSTER_HEIGHT} fill={colors.paper} />
      {shapes.map((shape, index) =>
        shape.stroke ? (
          <path
            key={index}
            d={shape.d}
            fill="none"
            stroke={colors[shape.ink]}
            strokeWidth={shape.stroke}
            strokeLinecap="round"
          />
        ) : (
          <path key={index} d={shape.d} fill={colors[shape.ink]} />
        ),
      )}
      {set && (
        <g className={styles["letters"]}>
          <rect width={POSTER_WIDTH} height={set.height} fill={colors.paper} />
          {set.lines.map((line, index) => (
            <text key={index} x={16} y={line.y} fontSize={set.size} fill={colors.dark}>
              {line.text}
            </text>
          ))}
        </g>
      )}
    </svg>
  );
}
