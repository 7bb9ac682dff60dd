/* Draws `[data-chart]` (sodam.ui.figures.Chart) with ECharts as SVG. Dash, symbol and pattern carry
   what colour says; the same numbers stand in the figure's table. Tooltips are drawn inside the SVG,
   because ECharts' HTML tooltip needs inline styles, which the content policy refuses. */

const root = document.documentElement;
const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const LOOKS = [
  { color: "--sd-brand-text", dash: "solid", symbol: "circle" },
  { color: "--sd-navy", dash: "dashed", symbol: "triangle" },
  { color: "--sd-warn", dash: "dotted", symbol: "rect" },
  { color: "--sd-ok", dash: [10, 3, 2, 3], symbol: "diamond" },
  { color: "--sd-text-2", dash: [12, 4], symbol: "roundRect" },
];
const QUIET = { color: "--sd-text-3", dash: [6, 4], symbol: "none" };
const DECALS = [
  { symbol: "none" },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: 0 },
];
const FEW_CATEGORIES = 6;
const drawn = new Map();

function lookOf(chart, index) {
  if (chart.series[index].is_quiet) return QUIET;
  const before = chart.series.slice(0, index).filter((one) => !one.is_quiet).length;
  return LOOKS[before % LOOKS.length];
}

const written = (value, chart) =>
  value === null || value === undefined
    ? "–"
    : `${Number(value).toLocaleString("ko", {
        minimumFractionDigits: chart.decimals,
        maximumFractionDigits: chart.decimals,
      })}${chart.unit}`;

const font = () => getComputedStyle(document.body).fontFamily;
const label = (color, size = 12) => ({ color: token(color), fontSize: size, fontFamily: font() });

function lineSeries(chart, one, index) {
  const { color, dash, symbol } = lookOf(chart, index);
  const paint = token(color);
  const last = one.values.findLastIndex((value) => value !== null);
  return {
    name: one.name, type: "line", data: one.values, symbol, symbolSize: 8, showAllSymbol: true,
    lineStyle: { color: paint, type: dash, width: one.is_quiet ? 1.5 : 2.2 },
    itemStyle: { color: paint },
    markPoint: last < 0 ? undefined : {
      symbol: "rect", symbolSize: 0, silent: true, animation: false,
      data: [{ coord: [last, one.values[last]] }],
      label: { show: true, formatter: one.name, position: "right", distance: 8, ...label(color), fontWeight: 700 },
    },
  };
}

function barSeries(chart, one, index) {
  const { color } = lookOf(chart, index);
  return {
    name: one.name, type: "bar", data: one.values, barMaxWidth: 28,
    itemStyle: { color: token(color), borderRadius: [3, 3, 0, 0], decal: DECALS[index % DECALS.length] },
    label: chart.series.length > 1 ? undefined : {
      show: true, position: "top", formatter: ({ value }) => written(value, chart), ...label("--sd-text"),
    },
  };
}

/* The target as a dotted line with its word; events as dashed ones. They hang on a series that is not
   drawn: no line of numbers owns them, and the axis reaches the target. */
function lines(chart) {
  const target = chart.target === null ? [] : [{
    yAxis: chart.target,
    lineStyle: { color: token("--sd-bad"), type: [2, 3], width: 1.5 },
    label: {
      formatter: chart.target_label, position: "insideStartTop", ...label("--sd-bad"),
      backgroundColor: token("--sd-surface"), padding: [1, 3],
    },
  }];
  const events = chart.marks.map(([category, event]) => ({
    xAxis: category,
    lineStyle: { color: token("--sd-text-3"), type: "dashed", width: 1 },
    label: { formatter: event, position: "end", rotate: 0, distance: 4, ...label("--sd-text-2") },
  }));
  const data = [...target, ...events];
  return data.length ? [{
    name: "", type: "line", data: chart.categories.map(() => chart.target), silent: true,
    symbol: "none", lineStyle: { opacity: 0 }, tooltip: { show: false },
    markLine: { symbol: "none", silent: true, animation: false, data },
  }] : [];
}

/* Room at the right for the lines' names; Hangul is about a square of 12 px. */
const roomForNames = (chart) =>
  chart.kind === "bar" ? 16 : Math.max(24, ...chart.series.map((one) => 34 + 12 * one.name.length));

/* How many rows the legend takes; ECharts wraps it, but keeps no room for what it wraps. */
function legendRows(chart, width) {
  let [rows, used] = [1, 0];
  for (const { name } of chart.series) {
    const wide = 48 + 13 * name.length;
    if (used && used + wide > width - 24) [rows, used] = [rows + 1, 0];
    used += wide;
  }
  return rows;
}

function option(chart, place) {
  const isNarrow = place.clientWidth < 480;
  const hasLegend = chart.series.length > 1;
  const axis = { axisTick: { show: false }, axisLine: { lineStyle: { color: token("--sd-line") } } };
  return {
    animation: !isStill.matches,
    animationDuration: 300,
    textStyle: { fontFamily: font(), fontSize: 13, color: token("--sd-text") },
    aria: { enabled: true, label: { description: place.dataset.label }, decal: { show: chart.kind === "bar" } },
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, order: "valueDesc",
      backgroundColor: token("--sd-surface"), borderColor: token("--sd-line-strong"),
      textStyle: { color: token("--sd-text"), fontSize: 13, fontFamily: font() },
      valueFormatter: (value) => written(value, chart),
    },
    legend: hasLegend ? {
      top: 4, left: 4, itemWidth: 30, selectedMode: false, type: "plain",
      data: chart.series.map((one) => ({ name: one.name, itemStyle: { opacity: one.is_quiet ? 0 : 1 } })),
      textStyle: label("--sd-text", 13),
    } : undefined,
    grid: {
      left: 8, right: isNarrow ? 16 : roomForNames(chart), bottom: 4, containLabel: true,
      top: 16 + (hasLegend ? 22 * legendRows(chart, place.clientWidth) : 0) + (chart.marks.length ? 16 : 0),
    },
    xAxis: {
      type: "category", data: chart.categories, ...axis, boundaryGap: true,
      axisLabel: { ...label("--sd-text-2"), hideOverlap: true, interval: chart.categories.length > FEW_CATEGORIES ? "auto" : 0 },
    },
    yAxis: {
      type: "value", scale: chart.kind === "line", splitNumber: 4, ...axis,
      axisLabel: { ...label("--sd-text-2"), formatter: (value) => `${value.toLocaleString("ko")}${chart.unit}` },
      splitLine: { lineStyle: { color: token("--sd-line-soft") } },
    },
    series: [
      ...chart.series.map((one, index) =>
        chart.kind === "bar" ? barSeries(chart, one, index) : named(lineSeries(chart, one, index), isNarrow)),
      ...lines(chart),
    ],
  };
}

/* Where there is no room beside the lines, the legend alone names them. */
const named = (series, isNarrow) => (isNarrow ? { ...series, markPoint: undefined } : series);

function draw(place) {
  if (!window.echarts || !place.clientWidth) return;
  drawn.get(place)?.dispose();
  const one = window.echarts.init(place, null, { renderer: "svg" });
  one.setOption(option(JSON.parse(place.dataset.chart), place));
  place.setAttribute("role", "img");
  drawn.set(place, one);
}

function forgetGone() {
  for (const [place, one] of drawn) {
    if (place.isConnected) continue;
    one.dispose();
    sizes.unobserve(place);
    drawn.delete(place);
  }
}

/* Hidden ones are drawn when they are shown: a size of nothing becomes one. */
const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => draw(target)));

function watch(within) {
  forgetGone();
  if (!window.echarts) return;
  for (const place of within.querySelectorAll("[data-chart]")) sizes.observe(place);
}

watch(document);
document.addEventListener("htmx:after:swap", () => watch(document));
document.addEventListener("sodam:contrast", () => drawn.forEach((_one, place) => draw(place)));
isStill.addEventListener("change", () => drawn.forEach((_one, place) => draw(place)));
