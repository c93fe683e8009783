// The calculator's arithmetic is the scorer's: doubles; a division by zero, a power or a function
// outside of its domain gives nothing; rounding on the shortest decimal form, a five away from zero.
function roundedTo(value, figures) {
  if (!Number.isFinite(value) || value === 0) return value;
  const [digits, power] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  const shift = figures - 1 - exponent;
  const whole = Math.round(Number(`${digits}e${exponent + shift}`));
  return Math.sign(value) * Number(`${whole}e${-shift}`);
}

const nothingOutside = (value, ...from) =>
  (Number.isNaN(value) || (from.every(Number.isFinite) && !Number.isFinite(value)) ? null : value);

const kFunctions = {
  sin: (x) => Math.sin(x),
  cos: (x) => Math.cos(x),
  tan: (x) => Math.tan(x),
  asin: (x) => Math.asin(x),
  acos: (x) => Math.acos(x),
  atan: (x) => Math.atan(x),
  ln: (x) => Math.log(x),
  log: (x) => Math.log10(x),
  exp: (x) => Math.exp(x),
  sqrt: (x) => x ** 0.5,
  abs: (x) => Math.abs(x),
};

const kSigns = {
  "+": { rank: 1, of: (a, b) => a + b },
  "-": { rank: 1, of: (a, b) => a - b },
  "×": { rank: 2, of: (a, b) => a * b },
  "÷": { rank: 2, of: (a, b) => (b === 0 ? NaN : a / b) },
  "^": { rank: 4, right: true, of: (a, b) => a ** b },
};

function tokensOf(text) {
  const plain = text.replace(/\*/g, "×").replace(/\//g, "÷").replace(/−/g, "-").replace(/√/g, "sqrt")
    .replace(/π/g, " pi ").replace(/\s+/g, " ");
  const out = plain.match(/(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[a-z]+|[-+×÷^()%]|[^ ]/g) || [];
  return out;
}

// Angles in degrees go through these.
const kDegrees = {
  sin: (x) => Math.sin((x / 180) * Math.PI),
  cos: (x) => Math.cos((x / 180) * Math.PI),
  tan: (x) => Math.tan((x / 180) * Math.PI),
  asin: (x) => (Math.asin(x) * 180) / Math.PI,
  acos: (x) => (Math.acos(x) * 180) / Math.PI,
  atan: (x) => (Math.atan(x) * 180) / Math.PI,
};

// The value of an expression, or null where it has none or is not one.
function calculate(text, degrees) {
  const tokens = tokensOf(text);
  let at = 0;
  const next = () => tokens[at];
  const take = () => tokens[at++];
  function atom() {
    const token = take();
    if (token === "(") {
      const value = sum(1);
      if (take() !== ")") throw new SyntaxError("bracket");
      return value;
    }
    if (token === "pi") return Math.PI;
    if (token === "e") return Math.E;
    if (Object.hasOwn(kFunctions, token || "")) {
      const value = next() === "(" ? atom() : unary();
      const of = (degrees && kDegrees[token]) || kFunctions[token];
      return value === null ? null : nothingOutside(of(value), value);
    }
    const value = Number(token);
    if (token === undefined || Number.isNaN(value)) throw new SyntaxError(String(token));
    return value;
  }
  function percent() {
    let value = atom();
    while (next() === "%") { take(); value = value === null ? null : value / 100; }
    return value;
  }
  // -2^2 is -4, as on paper.
  function unary() {
    if (next() === "-" || next() === "+") {
      const sign = take();
      const value = sum(3);
      return value === null ? null : sign === "-" ? -value : value;
    }
    return percent();
  }
  function sum(rank) {
    let value = unary();
    while (next() in kSigns && kSigns[next()].rank >= rank) {
      const sign = kSigns[take()];
      const other = sum(sign.right ? sign.rank : sign.rank + 1);
      value = value === null || other === null ? null : nothingOutside(sign.of(value, other), value, other);
    }
    return value;
  }
  try {
    const value = sum(1);
    return at === tokens.length ? value : null;
  } catch {
    return null;
  }
}
