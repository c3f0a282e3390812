#!/usr/bin/env python3
"""Draws how costs grow with the number of entries: growth.py OUTPUT.svg < LOG

The log holds lines as the tests GrowthFiguresTest print them: FIGURE growth ENTRIES MILLISECONDS ms WHAT
Prints the same as a table, with the ratio of the largest to the smallest number of entries.
"""
import math
import re
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 460, 70, 290, 30, 50
COLOURS = ("#1b6ca8", "#c0392b", "#1e8449", "#8e44ad", "#b9770e", "#34495e")


def read(lines):
    """Returns what was measured: work -> entries -> milliseconds; of what was measured twice the last counts."""
    figures = {}
    for line in lines:
        match = re.search(r"FIGURE growth (\d+) ([\d.]+) ms (.*\S)", line)
        if match:
            figures.setdefault(match[3], {})[int(match[1])] = float(match[2])
    return figures


def table(figures):
    """Returns the figures as Markdown."""
    counts = sorted({entries for points in figures.values() for entries in points})
    rows = ["| ms | " + " | ".join(f"{count:,}" for count in counts) + " | ratio |", "|---" * (len(counts) + 2) + "|"]
    for work, points in figures.items():
        cells = [f"{points[count]:.2f}" if count in points else "–" for count in counts]
        ratio = points[max(points)] / points[min(points)]
        rows.append(f"| {work} | " + " | ".join(cells) + f" | {ratio:.2f} |")
    return "\n".join(rows)


def draw(figures):
    """Returns a picture with logarithmic axes."""
    values = [value for points in figures.values() for value in points.values()]
    counts = sorted({entries for points in figures.values() for entries in points})
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(counts[0]), math.log10(counts[-1])

    def x(entries):
        return LEFT + (math.log10(entries) - first) / max(last - first, 1e-9) * (WIDTH - LEFT - RIGHT)

    def y(value):
        return TOP + (high - math.log10(value)) / max(high - low, 1) * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>']
    for power in range(low, high + 1):
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(10 ** power):.1f}" y2="{y(10 ** power):.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g} ms</text>')
    for count in counts:
        out.append(f'<text x="{x(count):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{count:,} entries</text>')
    labels = sorted(figures, key=lambda work: -figures[work][max(figures[work])])
    place = TOP
    for i, work in enumerate(labels):
        points, colour = sorted(figures[work].items()), COLOURS[i % len(COLOURS)]
        line = " ".join(f"{x(entries):.1f},{y(value):.1f}" for entries, value in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x(entries):.1f}" cy="{y(value):.1f}" r="3.5" fill="{colour}"/>' for entries, value in points]
        place = max(place + 18, y(points[-1][1]))
        out.append(f'<text x="{WIDTH - RIGHT + 14}" y="{place + 4:.1f}" fill="{colour}">{work}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    figures = read(sys.stdin)
    if len(sys.argv) != 2 or not figures:
        sys.exit(__doc__)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(draw(figures))
    print(table(figures))


if __name__ == "__main__":
    main()
