//! Programs made at random: right in syntax, without sense, in any white space.

use crate::random::Random;

const NAMES: &[&str] =
    &["a", "employee", "管理区域", "text", "fresh", "key", "period", "today", "require", "in_scope", "x1"];
const TEXTS: &[&str] = &[
    r#""""#,
    r#""甲""#,
    r#""5(3)""#,
    r#""// no comment""#,
    r#""a \"b\" \\ \n \{c\}""#,
    "\"とても長い名称であり、一行の半分ほどを占めるもの\"",
];
const TYPES: &[&str] = &["text", "date", "ref", "employee", "duration"];
const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];

/// Makes one program, token by token.
pub(crate) struct Program<'a> {
    random: &'a mut Random,
    tokens: Vec<String>,
}

/// The text of a program of a few declarations.
pub(crate) fn program(random: &mut Random) -> String {
    let mut program = Program { random, tokens: Vec::new() };
    for _ in 0..=program.random.below(3) {
        program.item();
    }
    let tokens = std::mem::take(&mut program.tokens);
    spaced(program.random, &tokens)
}

/// Tokens and stray ones in any order.
pub(crate) fn soup(random: &mut Random) -> String {
    const OTHERS: &[&str] = &[
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        ":",
        ".",
        "?",
        "=",
        "==",
        "-",
        "*",
        "\"",
        "\\",
        "/",
        "///",
        "//",
        "全",
        "1",
        "1.5",
        "2026-04-01",
        "10:00",
        "\n",
        "\u{3000}",
    ];
    let mut text = String::new();
    for _ in 0..random.below(30) {
        match random.below(4) {
            0 => text.push_str(random.pick(kijun_syntax::Keyword::ALL).spelling()),
            1 => text.push_str(random.pick(NAMES)),
            2 => text.push_str(random.pick(TEXTS)),
            _ => text.push_str(random.pick(OTHERS)),
        }
        if !random.one_in(4) {
            text.push(' ');
        }
    }
    text
}

/// The tokens with white space and comments between them.
fn spaced(random: &mut Random, tokens: &[String]) -> String {
    let plain = random.one_in(3);
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        text.push_str(token);
        if token.starts_with("///") {
            text.push('\n');
        }
        match random.below(if plain { 16 } else { 24 }) {
            16 => text.push_str("\n\n\n"),
            17 => text.push_str("\r\n\t"),
            18 => text.push_str(&format!(" // 註{index} \"\n")),
            19 => text.push_str(&format!("\n  //註{index}  \n")),
            20 => text.push_str(&format!("\n\n//// {index}\n\n// {{ {index}\n\n")),
            21 | 22 => text.push('\n'),
            23 => text.push_str("\u{3000} "),
            0..3 if may_touch(token, tokens.get(index + 1)) => {}
            _ => text.push(' '),
        }
    }
    text
}

/// Whether nothing needs to stand between two tokens: one of them is a text or a bracket.
fn may_touch(token: &str, next: Option<&String>) -> bool {
    let is_closed =
        |token: &str| matches!(token, "{" | "}" | "(" | ")" | "[" | "]" | ",") || token.starts_with('"');
    is_closed(token) || next.is_some_and(|next| is_closed(next))
}

impl Program<'_> {
    fn push(&mut self, token: &str) {
        self.tokens.push(token.to_owned());
    }

    fn words(&mut self, words: &str) {
        self.tokens.extend(words.split(' ').map(str::to_owned));
    }

    fn name(&mut self) {
        let name = self.random.pick(NAMES);
        self.push(name);
    }

    fn text(&mut self) {
        let text = self.random.pick(TEXTS);
        self.push(text);
    }

    /// So many times, at least `least`, with commas between.
    fn list(&mut self, least: usize, element: impl Fn(&mut Self)) {
        for index in 0..least + self.random.below(4) {
            if index > 0 {
                self.push(",");
            }
            element(self);
        }
    }

    fn some_times(&mut self, mut entry: impl FnMut(&mut Self)) {
        self.push("{");
        for _ in 0..self.random.below(5) {
            entry(self);
        }
        self.push("}");
    }

    fn item(&mut self) {
        while self.random.one_in(3) {
            self.push("/// 説明 // と記号");
        }
        match self.random.below(8) {
            0 => self.standard(),
            1 => self.enumeration(),
            2 | 3 => self.fact(),
            4 => self.define(),
            5 => self.param(),
            6 => self.rule(),
            _ => self.test(),
        }
    }

    fn headed(&mut self, word: &str) {
        self.push(word);
        self.name();
        self.text();
    }

    fn standard(&mut self) {
        self.headed("standard");
        self.some_times(|program| match program.random.below(3) {
            0 => program.labelled(&["issuer", "edition"]),
            _ => program.section(),
        });
    }

    fn section(&mut self) {
        self.push("section");
        self.text();
        self.text();
        self.some_times(|program| match program.random.below(2) {
            0 => program.passage(),
            _ => {
                program.push("criterion");
                program.text();
                program.some_times(Self::passage);
            }
        });
    }

    fn labelled(&mut self, words: &[&str]) {
        let word = self.random.pick(words);
        self.push(word);
        self.text();
    }

    fn passage(&mut self) {
        if self.random.one_in(2) {
            return self.labelled(&["text", "note"]);
        }
        self.push("duty");
        if self.random.one_in(2) {
            self.name()
        } else {
            self.text()
        }
        self.text();
    }

    fn enumeration(&mut self) {
        self.headed("enum");
        self.some_times(|program| {
            program.name();
            program.text();
            if program.random.one_in(2) {
                program.push(",");
            }
        });
    }

    fn fact(&mut self) {
        if self.random.one_in(2) {
            self.headed("state");
        } else {
            self.headed("event");
            self.push("at");
            self.name();
        }
        self.some_times(|program| match program.random.below(5) {
            0 => program.words("fresh within 31 days"),
            _ => program.field(),
        });
    }

    fn field(&mut self) {
        if self.random.one_in(4) {
            self.push("key");
        }
        self.name();
        self.push(":");
        self.type_name();
        if self.random.one_in(4) {
            self.push("personal");
        }
        if self.random.one_in(2) {
            self.text();
        }
    }

    fn type_name(&mut self) {
        let name = self.random.pick(TYPES);
        if name == "ref" {
            self.push("ref");
        }
        self.push(if name == "ref" { "employee" } else { name });
        if self.random.one_in(3) {
            self.push("?");
        }
    }

    fn define(&mut self) {
        self.push("define");
        self.name();
        self.push("(");
        self.list(0, |program| {
            program.name();
            program.push(":");
            program.type_name();
        });
        self.words(") =");
        self.expr(4);
    }

    fn param(&mut self) {
        self.headed("param");
        self.push(":");
        self.type_name();
        self.push("=");
        self.expr(2);
        self.push("because");
        self.text();
    }

    fn rule(&mut self) {
        self.headed("rule");
        self.some_times(|program| match program.random.below(8) {
            0 => {
                program.push("covers");
                program.list(1, Self::text);
            }
            1 => program.words("severity major"),
            2 => {
                program.words("for each");
                program.rows(3);
                if program.random.one_in(2) {
                    program.words("or none");
                }
            }
            3 => {
                program.push("require");
                program.expr(5);
            }
            4 => {
                program.words("excused by");
                program.rows(3);
            }
            5 => {
                program.push("due");
                program.expr(3);
            }
            6 => program.words("message \"{a.b}が{c}\""),
            _ => program.labelled(&["remedy"]),
        });
    }

    fn test(&mut self) {
        self.push("test");
        self.text();
        self.push("for");
        self.name();
        self.some_times(|program| match program.random.below(8) {
            0 => program.words("today 2026-05-01"),
            1 => program.words("period 2026-04-01 to 2026-04-30"),
            2 => program.words("missing employee"),
            3 => program.words("gap employee 2026-04-03 to 2026-04-05"),
            4 => program.expectations(),
            _ => program.row(),
        });
    }

    fn expectations(&mut self) {
        self.push("expect");
        self.list(1, |program| {
            program.push("met");
            match program.random.below(3) {
                0 => program.push("12"),
                1 => program.list(1, Self::text),
                _ => {}
            }
        });
    }

    fn row(&mut self) {
        self.name();
        self.push("{");
        let before = self.tokens.len();
        self.list(0, |program| {
            program.name();
            program.push(":");
            if program.random.one_in(4) { program.push("unknown") } else { program.literal() }
        });
        if self.tokens.len() > before && self.random.one_in(3) {
            self.push(",");
        }
        self.push("}");
    }

    fn literal(&mut self) {
        match self.random.below(9) {
            0 => self.push("42"),
            1 => self.push("0.50"),
            2 => self.push("2026-04-01"),
            3 => self.words("2026-04-01 10:00:30"),
            4 => self.words("1 day"),
            5 => self.push("true"),
            // `or none` ends the population of a rule.
            6 if self.tokens.last().is_some_and(|token| token != "or") => self.push("none"),
            6 | 7 => self.name(),
            _ => self.text(),
        }
    }

    fn rows(&mut self, depth: usize) {
        self.name();
        self.push("in");
        self.name();
        if depth > 0 && !self.random.one_in(4) {
            self.push("where");
            self.expr(depth - 1);
        }
    }

    /// An expression of any kind; those that reach as far to the right as possible are put in parentheses.
    fn expr(&mut self, depth: usize) {
        if depth == 0 {
            return self.literal();
        }
        match self.random.below(9) {
            0..3 => {
                let word = self.random.pick(&["and", "or"]);
                for index in 0..2 + self.random.below(4) {
                    if index > 0 {
                        self.push(word);
                    }
                    if self.random.one_in(6) {
                        self.push("not");
                    }
                    self.comparison(depth - 1);
                }
            }
            3 => {
                let word = self.random.pick(&["some", "no", "count"]);
                self.push(word);
                self.rows(depth);
            }
            4 => {
                self.push("if");
                self.expr(depth - 1);
                self.push("then");
                self.group(depth - 1);
                self.push("else");
                self.expr(depth - 1);
            }
            _ => self.comparison(depth - 1),
        }
    }

    fn group(&mut self, depth: usize) {
        self.push("(");
        self.expr(depth);
        self.push(")");
    }

    fn comparison(&mut self, depth: usize) {
        self.sum(depth);
        match self.random.below(9) {
            0 => self.words("in period"),
            1 => self.words("is none"),
            2 => self.words("is not none"),
            3 => {
                self.words("starts with");
                self.sum(depth);
            }
            4 => {
                self.words("in a . x1 to");
                self.sum(depth);
            }
            5 => {
                self.words("in [");
                self.list(0, |program| program.sum(depth.saturating_sub(1)));
                self.push("]");
            }
            6 => {}
            _ => {
                let operator = self.random.pick(COMPARISONS);
                self.push(operator);
                self.sum(depth);
            }
        }
    }

    fn sum(&mut self, depth: usize) {
        self.operand(depth);
        while self.random.one_in(6) {
            let operator = self.random.pick(&["+", "-", "*"]);
            self.push(operator);
            if self.random.one_in(6) {
                self.push("-");
            }
            self.operand(depth);
        }
    }

    fn operand(&mut self, depth: usize) {
        match self.random.below(6) {
            0 | 1 => {
                self.push("a");
                for _ in 0..=self.random.below(3) {
                    self.push(".");
                    self.name();
                }
            }
            2 if depth > 0 => {
                self.push("date");
                self.push("(");
                self.list(0, |program| program.expr(depth - 1));
                self.push(")");
            }
            3 if depth > 0 => self.group(depth),
            _ => self.literal(),
        }
    }
}
