// What one installation costs a month, line by line: { label, text, dollars }. A line without dollars only says what others reckon with.
const days = 30;
const secondsPerMonth = 2_628_000;
const whole = (number) => Math.round(number).toLocaleString('en-US');
const some = (number) => number.toLocaleString('en-US', { maximumFractionDigits: 1 });

export function installation(parameters, workload, prices, groups) {
  const gb = parameters.instanceMemoryMB / 1024;
  const exports = workload.exportsPerDay * days;
  const requests = exports * workload.requestsPerExport;
  const timerRuns = timers(parameters).reduce((sum, runs) => sum + runs, 0);
  const ready = readyInstances(parameters, groups);
  const work = [
    {
      label: 'exports, GB-s', runs: exports, seconds: workload.secondsPerExport,
      isReady: fits(workload.exportsPerDay * workload.secondsPerExport, ready.exports * workload.exportsPerInstance, workload),
    },
    {
      label: 'HTTP, GB-s', runs: requests, seconds: workload.secondsPerRequest,
      isReady: fits((requests / days) * workload.secondsPerRequest, ready.http * parameters.httpConcurrency, workload),
    },
    { label: 'timers, GB-s', runs: timerRuns, seconds: workload.secondsPerTimerRun, isReady: parameters.zoneRedundant },
  ].map((part) => ({ ...part, gbSeconds: part.runs * part.seconds * gb }));

  return [
    {
      label: 'exports a day',
      text: `${whole(workload.exportsPerDay)} of ${workload.secondsPerExport} s and ${workload.megabytesPerExport} MB`,
    },
    { label: 'instances', text: `${some(gb)} GB, ${ready.text}` },
    ...work.map((part) => ({ label: part.label, text: `${whole(part.runs)} × ${part.seconds} × ${some(gb)} = ${whole(part.gbSeconds)}` })),
    ...compute(work, prices.flex),
    charge(
      'kept ready', ready.all > 0, `${ready.all} × ${some(gb)} GB × ${whole(secondsPerMonth)} s`,
      ready.all * gb * secondsPerMonth, prices.flex.readyGbSecond,
    ),
    ...storage(parameters, (workload.exportsPerDay * workload.megabytesPerExport) / 1000, prices),
    logs(parameters, (exports * 2 + requests + timerRuns) * workload.logKilobytesPerExecution / 1_000_000, prices.logs),
    { label: 'alerts', text: '', dollars: prices.alerts.every5Minutes + prices.alerts.every15Minutes },
    database(parameters, prices.postgres),
  ];
}

// Two of each group, where instances are spread over zones: the platform adds them, and charges for them.
function readyInstances(parameters, groups) {
  const { alwaysReadyHttp, alwaysReadyExports, alwaysReadySlices, zoneRedundant } = parameters;
  const least = zoneRedundant ? 2 : 0;
  const [http, exports, slices] = [alwaysReadyHttp, alwaysReadyExports, alwaysReadySlices].map((asked) => Math.max(asked, least));
  const all = http + exports + slices + least * (groups - 3);
  const text = zoneRedundant ? `${all} kept ready: two or more of each of ${groups} groups` : `${all === 0 ? 'none' : all} kept ready`;
  return { http, exports, all, text };
}

// Whether the work of the busy hours is done by the instances that are ready.
function fits(secondsPerDay, atOnce, workload) {
  return atOnce > 0 && secondsPerDay / (workload.busyHoursPerDay * 3600) <= atOnce;
}

function compute(work, flex) {
  const sum = (parts, what) => parts.reduce((total, part) => total + part[what], 0);
  const onDemand = work.filter((part) => !part.isReady);
  const ready = work.filter((part) => part.isReady);
  const charged = Math.max(0, sum(onDemand, 'gbSeconds') - flex.freeGbSeconds);
  const executions = sum(ready, 'runs') + Math.max(0, sum(onDemand, 'runs') - flex.freeExecutions);
  return [
    charge('run on demand', onDemand.length > 0, whole(charged), charged, flex.onDemandGbSecond),
    charge('run on ready instances', ready.length > 0, whole(sum(ready, 'gbSeconds')), sum(ready, 'gbSeconds'), flex.readyRunningGbSecond),
    { label: 'executions', text: whole(executions), dollars: (executions / 1_000_000) * flex.millionExecutions },
  ];
}

function storage(parameters, gbPerDay, prices) {
  const { storageSku, retentionDays, coolAfterDays, archiveTierAfterDays, deleteArchivesAfterDays } = parameters;
  const tier = prices.blobGbMonth[storageSku];
  const coolDays = retentionDays - coolAfterDays >= 30 ? retentionDays - coolAfterDays : 0;
  const hot = gbPerDay * (retentionDays - coolDays);
  const cool = gbPerDay * coolDays;
  const kept = Math.min(365, deleteArchivesAfterDays);
  const warm = gbPerDay * Math.min(kept, archiveTierAfterDays);
  const lowest = gbPerDay * kept - warm;
  const lowestTier = tier.archive === undefined ? 'cold' : 'archive';
  const name = storageSku.replace('Standard_', '');
  return [
    {
      label: 'files', text: `${name}: ${whole(hot)} GB hot${cool > 0 ? `, ${whole(cool)} cool` : ''}`,
      dollars: hot * tier.hot + cool * tier.cool,
    },
    {
      label: 'archives after a year', text: `${name}: ${whole(warm)} GB hot, ${whole(lowest)} ${lowestTier}`,
      dollars: warm * tier.hot + lowest * tier[lowestTier],
    },
  ];
}

function logs({ logRetentionDays }, gb, prices) {
  const months = Math.max(0, logRetentionDays - prices.freeDays) / days;
  return { label: 'logs', text: `${some(gb)} GB`, dollars: Math.max(0, gb - prices.freeGb) * prices.gb + gb * months * prices.gbMonthKept };
}

function database(parameters, prices) {
  if (!parameters.postgres) return { label: 'database', text: 'your own' };
  const server = prices[parameters.postgresSku];
  if (server === undefined) throw new Error(`prices.json has no price of ${parameters.postgresSku}.`);
  const servers = parameters.postgresHighAvailability ? 2 : 1;
  return {
    label: 'database', text: `${servers > 1 ? '2 × ' : ''}${parameters.postgresSku.replace('Standard_', '')}, ${parameters.postgresStorageGb} GB`,
    dollars: servers * (server + parameters.postgresStorageGb * prices.gbMonth),
  };
}

// Runs a month of each timer, from its six-field cron expression.
function timers(parameters) {
  return Object.entries(parameters).filter(([name]) => name.endsWith('Schedule')).map(([, cron]) => {
    const [seconds, minutes, hours, dayOfMonth, , dayOfWeek] = cron.split(' ');
    const share = dayOfWeek !== '*' ? count(dayOfWeek, 7) / 7 : dayOfMonth !== '*' ? count(dayOfMonth, 31) / 31 : 1;
    return Math.round(count(seconds, 60) * count(minutes, 60) * count(hours, 24) * share * (secondsPerMonth / 86_400));
  });
}

function count(field, size) {
  return field.split(',').reduce((sum, part) => {
    const [range, step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [0, size - 1] : range.split('-').map(Number);
    const last = to ?? (part.includes('/') ? size - 1 : from);
    return sum + Math.floor((last - from) / Number(step)) + 1;
  }, 0);
}

function charge(label, applies, text, amount, price) {
  return applies ? { label, text: `${text} × ${price.toFixed(6)}`, dollars: amount * price } : { label, text: '–' };
}
