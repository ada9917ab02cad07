// Draws [data-chart] by ECharts: lines interrupted where the 口径 changed, a sign for each state; saves it as a picture.
(() => {
  "use strict";
  const COLOURS = ["#1c4b8f", "#c0632a", "#2b7a3d", "#7a4a9e", "#8a6d1a", "#3d7f8c"];
  const SIGNS = { full: "circle", hollow: "emptyCircle", diamond: "diamond", triangle: "triangle" };
  const INK = "#44505c";

  const narrow = (box) => box.clientWidth < 520;
  const grouped = (number) => number.toLocaleString("zh-CN", { maximumFractionDigits: 4 });
  const upright = (text) => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

  const below = (line) => (line.below ? 1 : 0);

  function piece(line, part, number, told) {
    const data = told.periods.map((_, at) => {
      const place = at - part.start;
      if (place < 0 || place >= part.values.length) return null;
      return { value: part.values[place], symbol: SIGNS[part.symbols[place]], word: part.words[place] };
    });
    return { type: "line", name: line.name, data, xAxisIndex: below(line), yAxisIndex: below(line), symbolSize: 7, showAllSymbol: true, connectNulls: false, color: COLOURS[number % COLOURS.length], lineStyle: { width: 2 } };
  }

  // Upright lines where the 口径 changed or nothing was reported, level ones at the limits; they hang on the first line.
  function marks(told) {
    const breaks = told.breaks.map((each) => ({
      xAxis: each.at, lineStyle: { color: "#b3261e", type: "solid" },
      label: { formatter: upright(each.text), color: "#b3261e", position: "insideEndTop", rotate: 90 },
    }));
    const missing = told.missing.map((at) => ({
      xAxis: at, lineStyle: { color: "#b9c2cd", type: "dotted" }, label: { formatter: "未报", color: INK, position: "start", distance: -16 },
    }));
    const limits = told.limits.map((each) => ({
      yAxis: each.value, lineStyle: { color: "#2b7a3d", type: "dashed" }, label: { formatter: `${each.name} ${each.value}`, position: "insideEndTop" },
    }));
    return { symbol: "none", silent: true, data: [...breaks, ...missing, ...limits] };
  }

  function option(told, box) {
    const lines = told.lines.flatMap((line, number) => line.pieces.map((part) => piece(line, part, number, told)));
    const panels = told.lines.some((line) => line.below) ? 2 : 1;
    const first = lines.find((line) => !line.yAxisIndex);
    if (first) first.markLine = marks(told);
    const changes = told.changes.map((each, number) => ({
      type: "bar", name: each.name, data: each.values, yAxisIndex: panels, barMaxWidth: 10,
      itemStyle: { color: COLOURS[number % COLOURS.length], opacity: 0.3 },
    }));
    const names = [...new Set([...lines, ...changes].map((each) => each.name))];
    const axis = { type: "value", scale: true, axisLabel: { color: INK, formatter: grouped }, nameTextStyle: { color: INK, align: "left" } };
    const second = { ...axis, name: "同比", scale: false, splitLine: { show: false }, axisLabel: { color: INK, formatter: "{value}%" }, nameTextStyle: { color: INK, align: "right" } };
    const top = names.length > 1 ? 92 : 64;
    const grid = { left: 4, right: told.changes.length ? 4 : 16, top, bottom: 4, containLabel: true };
    // Two panels share their edges: room for the longest figure of either, since containLabel would move each by itself.
    const sizes = told.lines.flatMap((line) => line.pieces.flatMap((part) => part.values.map((value) => grouped(Math.ceil(value || 0)).length)));
    const shared = { left: 20 + 7.5 * Math.max(0, ...sizes), right: told.changes.length ? 48 : 16, top };
    const over = { ...shared, bottom: "46%" }, under = { ...shared, top: "62%", bottom: narrow(box) ? 64 : 28 };
    const along = { type: "category", data: told.periods, axisLabel: { color: INK, hideOverlap: true, rotate: narrow(box) ? 45 : 0 } };
    const value = { ...axis, name: told.unit };
    return {
      animation: false,
      backgroundColor: "#fff",
      title: { text: told.title, left: 4, top: 4, padding: 0, textStyle: { fontSize: 14, color: "#1d2733" } },
      legend: { show: names.length > 1, top: 28, left: 0, type: "scroll", data: names },
      grid: panels > 1 ? [over, under] : [grid],
      axisPointer: { link: [{ xAxisIndex: "all" }] },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true,
        formatter: (rows) => [rows[0].axisValue, ...rows.filter((row) => row.data !== null && row.data !== undefined).map((row) => `${row.seriesName} ${row.data.word || `${row.data}%`}`)].join("\n"),
      },
      xAxis: panels > 1 ? [{ ...along, axisLabel: { show: false } }, { ...along, gridIndex: 1 }] : [along],
      yAxis: [value, ...(panels > 1 ? [{ ...value, gridIndex: 1 }] : []), ...(told.changes.length ? [second] : [])],
      series: [...lines, ...changes],
    };
  }

  function draw(box) {
    const told = JSON.parse(box.dataset.chart);
    const chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(option(told, box));
    window.addEventListener("resize", () => chart.resize());
    const button = document.querySelector(`[data-chart-save="${box.id}"]`);
    if (button) button.addEventListener("click", () => save(chart, told.title));
  }

  function save(chart, title) {
    const link = document.createElement("a");
    link.href = chart.getDataURL({ type: "png", pixelRatio: 1080 / chart.getWidth(), backgroundColor: "#fff" });
    link.download = `${title}.png`;
    link.click();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-chart]").forEach((box) => { if (window.echarts) draw(box); });
  });
})();
