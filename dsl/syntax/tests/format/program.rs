//! Programs made at random: right in syntax, without sense, in either spelling and in any white space.

use kijun_syntax::Keyword;
use kijun_syntax::ast::{Spelling, Unit};
use kijun_syntax::vocabulary::{
    AUDIT_KINDS, AUDITORS, CURRENT_PARTS, PREVIOUS_PARTS, SEVERITIES, STRENGTHS, TYPES, VERDICTS, Vocabulary,
};

use crate::random::Random;

pub(crate) const NAMES: &[&str] = &[
    "a",
    "employee",
    "管理区域",
    "text",
    "fresh",
    "key",
    "period",
    "today",
    "require",
    "needs",
    "in_scope",
    "x1",
    "at",
    "days",
    "端末",
    "期間",
    "pair",
    "row",
    "days",
    "valid",
    "distinct",
];
pub(crate) const TEXTS: &[&str] = &[
    r#""""#,
    r#""甲""#,
    r#""5(3)""#,
    r#""// no comment""#,
    r#""a \"b\" \\ \n \{c\}""#,
    "\"とても長い名称であり、一行の半分ほどを占めるもの\"",
];

/// Makes one program, token by token.
pub(crate) struct Program<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) spelling: Spelling,
    pub(crate) tokens: Vec<String>,
    /// Whether an `else` would end the branch of an `if`.
    pub(crate) in_branch: bool,
}

/// The text of a program of a few declarations.
pub(crate) fn program(random: &mut Random) -> String {
    let spelling = random.pick(&Spelling::ALL);
    let mut program = Program { random, spelling, tokens: Vec::new(), in_branch: false };
    for _ in 0..=program.random.below(3) {
        program.item();
    }
    let tokens = std::mem::take(&mut program.tokens);
    spaced(program.random, &tokens)
}

/// The tokens with white space between them, and with no comments, some, or one at every second place.
fn spaced(random: &mut Random, tokens: &[String]) -> String {
    const NONE: (usize, usize) = (0, 16);
    const SOME: (usize, usize) = (0, 24);
    const MANY: (usize, usize) = (15, 22);
    let (least, end) = random.pick(&[NONE, NONE, SOME, MANY]);
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        text.push_str(token);
        if token.starts_with("///") {
            text.push('\n');
        }
        match least + random.below(end - least) {
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
    let is_closed = |token: &str| {
        matches!(token, "{" | "}" | "(" | ")" | "[" | "]" | "," | "、") || token.starts_with('"')
    };
    is_closed(token) || next.is_some_and(|next| is_closed(next))
}

impl Program<'_> {
    pub(crate) fn push(&mut self, token: &str) {
        self.tokens.push(token.to_owned());
    }

    /// The words of a keyword in the spelling of the program.
    pub(crate) fn word(&mut self, keyword: Keyword) {
        self.tokens.extend(keyword.words(self.spelling).map(str::to_owned));
    }

    pub(crate) fn is_english(&self) -> bool {
        self.spelling == Spelling::English
    }

    /// Sometimes a word of the list, sometimes one that is in no list.
    fn word_of(&mut self, vocabulary: Vocabulary) {
        let words: Vec<&str> = vocabulary.words(self.spelling).collect();
        let word = if self.random.one_in(5) { "unlisted" } else { self.random.pick(&words) };
        self.push(word);
    }

    pub(crate) fn name(&mut self) {
        let name = self.random.pick(NAMES);
        self.push(name);
    }

    pub(crate) fn text(&mut self) {
        let text = self.random.pick(TEXTS);
        self.push(text);
    }

    /// So many times, at least `least`, with commas between.
    pub(crate) fn list(&mut self, least: usize, element: impl Fn(&mut Self)) {
        for index in 0..least + self.random.below(3) {
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

    fn sometimes(&mut self, part: impl FnOnce(&mut Self)) -> bool {
        let is_there = self.random.one_in(2);
        if is_there {
            part(self);
        }
        is_there
    }

    fn item(&mut self) {
        while self.random.one_in(4) {
            self.push("/// 説明 // と記号");
        }
        let kind = self.random.below(16);
        if matches!(kind, 1..8) && self.random.one_in(4) {
            self.word(Keyword::Export);
        }
        match kind {
            0 => self.standard(),
            1 => self.enumeration(),
            2 | 3 => self.fact(),
            4 => self.define(),
            5 => self.param(),
            6 => self.table(),
            7 => self.relation(),
            8 | 9 => self.rule(),
            10 => self.attest(),
            11 => self.audit(),
            12 => self.catalogue(),
            13 => self.crosswalk(),
            14 => self.binding(),
            _ => self.test(),
        }
    }

    fn headed(&mut self, keyword: Keyword) {
        self.word(keyword);
        self.name();
        self.text();
    }

    /// `ruleset` or `use`
    fn binding(&mut self) {
        if self.random.one_in(2) {
            self.word(Keyword::Ruleset);
            self.name();
            self.labelled(&[Keyword::Version]);
        } else {
            self.labelled(&[Keyword::Use]);
            self.sometimes(|program| program.labelled(&[Keyword::Version]));
        }
    }

    fn standard(&mut self) {
        self.headed(Keyword::Standard);
        self.some_times(|program| match program.random.below(3) {
            0 => program.labelled(&[Keyword::Issuer, Keyword::Edition]),
            _ => program.section(),
        });
    }

    fn section(&mut self) {
        self.word(Keyword::Section);
        self.text();
        self.text();
        self.some_times(|program| match program.random.below(2) {
            0 => program.passage(true),
            _ => {
                program.word(Keyword::Criterion);
                program.text();
                program.some_times(|program| program.passage(false));
            }
        });
    }

    fn labelled(&mut self, words: &[Keyword]) {
        let word = self.random.pick(words);
        self.word(word);
        self.text();
    }

    fn passage(&mut self, is_of_section: bool) {
        if self.random.one_in(2) {
            return self.labelled(&[Keyword::Text, Keyword::Note]);
        }
        self.word(Keyword::Duty);
        if self.random.one_in(2) {
            self.name()
        } else {
            self.text()
        }
        self.text();
        if is_of_section && self.random.one_in(3) {
            self.word(Keyword::ByCriteria);
        }
    }

    fn enumeration(&mut self) {
        self.headed(Keyword::Enum);
        self.some_times(|program| {
            program.name();
            program.text();
            program.sometimes(|program| program.push(","));
        });
    }

    fn fact(&mut self) {
        if self.random.one_in(2) {
            self.headed(Keyword::State);
        } else {
            self.headed(Keyword::Event);
            self.word(Keyword::At);
            self.name();
        }
        self.some_times(|program| match program.random.below(6) {
            0 => {
                program.word(Keyword::FreshWithin);
                match program.random.one_in(2) {
                    true => program.name(),
                    false => program.duration(),
                }
                if !program.is_english() {
                    program.word(Keyword::Within);
                }
            }
            1 => program.kept(),
            2 => program.validity(),
            _ => program.field(true),
        });
    }

    fn kept(&mut self) {
        self.word(Keyword::KeptFor);
        let after = self.random.one_in(2);
        if after && !self.is_english() {
            self.word(Keyword::AfterContractEnd);
        }
        self.duration();
        if after && self.is_english() {
            self.word(Keyword::AfterContractEnd);
        }
    }

    fn validity(&mut self) {
        self.word(Keyword::Valid);
        let ends: &[&[Keyword]] = &[
            &[Keyword::During],
            &[Keyword::Since],
            &[Keyword::Since, Keyword::To],
            &[Keyword::Since, Keyword::Before],
            &[Keyword::To],
            &[Keyword::Before],
        ];
        for end in self.random.pick(ends) {
            if self.is_english() {
                self.word(*end);
                self.name();
            } else {
                self.name();
                self.word(if *end == Keyword::To { Keyword::Until } else { *end });
            }
        }
    }

    fn field(&mut self, in_block: bool) {
        if in_block && self.random.one_in(4) {
            self.word(Keyword::Key);
        }
        self.name();
        self.push(":");
        self.type_name();
        if in_block && self.random.one_in(4) {
            let class = self.random.pick(&[Keyword::Personal, Keyword::Secret]);
            self.word(class);
        }
        self.sometimes(Self::text);
    }

    fn type_name(&mut self) {
        let list = self.random.one_in(5);
        if list {
            self.push("[");
        }
        match self.random.below(3) {
            0 => {
                self.word(Keyword::Ref);
                self.name();
            }
            1 => self.push("employee"),
            _ => {
                let words: Vec<&str> = TYPES.words(self.spelling).collect();
                let word = self.random.pick(&words);
                self.push(word);
            }
        }
        if list {
            self.push("]");
        }
        if self.random.one_in(3) {
            self.push("?");
        }
    }

    fn table(&mut self) {
        self.headed(Keyword::Table);
        self.some_times(|program| match program.random.below(2) {
            0 => program.field(true),
            _ => {
                program.word(Keyword::Row);
                program.cells();
            }
        });
    }

    fn relation(&mut self) {
        self.word(Keyword::Relation);
        self.name();
        self.sometimes(Self::text);
        self.push("(");
        self.list(0, |program| program.field(false));
        self.push(")");
        self.some_times(|program| {
            program.word(Keyword::From);
            for index in 0..=program.random.below(3) {
                if index > 0 {
                    let separator = if program.is_english() { "," } else { "、" };
                    program.push(separator);
                }
                program.atom(2);
            }
            program.condition(2);
            program.word(Keyword::Yield);
            program.list(1, |program| program.expr(1));
        });
    }

    fn define(&mut self) {
        self.word(Keyword::Define);
        self.name();
        self.push("(");
        self.list(0, |program| {
            program.name();
            program.push(":");
            program.type_name();
        });
        self.push(")");
        self.push("=");
        self.expr(4);
    }

    fn param(&mut self) {
        self.headed(Keyword::Param);
        self.push(":");
        self.type_name();
        self.push("=");
        self.expr(2);
        self.word(Keyword::Because);
        self.text();
    }

    fn rule(&mut self) {
        self.headed(Keyword::Rule);
        self.some_times(|program| match program.random.below(11) {
            0 => program.texts(Keyword::Covers),
            1 => program.one_of(Keyword::Severity, SEVERITIES),
            2 => {
                program.word(Keyword::Judged);
                let when = program.random.pick(&[Keyword::AtToday, Keyword::ThroughoutPeriod]);
                program.word(when);
            }
            3 => {
                program.word(Keyword::ForEach);
                program.rows(3);
                program.or_none();
            }
            4 => {
                program.word(Keyword::ForEach);
                program.pair();
                program.condition(2);
                program.or_none();
            }
            5 => {
                program.word(Keyword::Require);
                program.expr(5);
            }
            6 => {
                program.word(Keyword::ExcusedBy);
                program.rows(3);
            }
            7 => {
                program.word(Keyword::Due);
                program.expr(3);
            }
            8 => {
                program.word(Keyword::Message);
                program.template();
            }
            9 => {
                program.word(Keyword::Needs);
                program.expr(4);
            }
            _ => program.labelled(&[Keyword::Remedy]),
        });
    }

    fn or_none(&mut self) {
        if self.random.one_in(2) {
            if !self.is_english() {
                self.push("、");
            }
            self.word(Keyword::OrNone);
        }
    }

    /// The head of `for each pair`, from behind `for each` on.
    fn pair(&mut self) {
        if self.is_english() {
            self.word(Keyword::Pair);
            self.variables();
            self.word(Keyword::In);
            self.name();
            self.word(Keyword::By);
            self.list(1, Self::name);
        } else {
            self.name();
            self.word(Keyword::Pair);
            self.variables();
            self.push("、");
            self.list(1, Self::name);
            self.word(Keyword::By);
        }
    }

    fn variables(&mut self) {
        self.push("(");
        self.name();
        self.push(",");
        self.name();
        self.push(")");
    }

    fn texts(&mut self, keyword: Keyword) {
        self.word(keyword);
        self.list(1, Self::text);
    }

    fn one_of(&mut self, keyword: Keyword, vocabulary: Vocabulary) {
        self.word(keyword);
        self.word_of(vocabulary);
    }

    fn attest(&mut self) {
        self.headed(Keyword::Attest);
        self.some_times(|program| match program.random.below(6) {
            0 => program.texts(Keyword::Covers),
            1 => program.one_of(Keyword::Severity, SEVERITIES),
            2 => program.labelled(&[Keyword::Question]),
            3 => program.texts(Keyword::AnsweredBy),
            4 => program.texts(Keyword::Attach),
            _ => {
                program.word(Keyword::HoldsFor);
                program.duration();
            }
        });
    }

    fn audit(&mut self) {
        self.headed(Keyword::Audit);
        self.some_times(|program| match program.random.below(11) {
            0 => program.texts(Keyword::Covers),
            1 => program.one_of(Keyword::Kind, AUDIT_KINDS),
            2 => {
                program.labelled(&[Keyword::Schedule]);
                program.labelled(&[Keyword::InZone]);
            }
            3 => {
                program.word(Keyword::AfterEach);
                program.rows(2);
                program.word(Keyword::After);
                program.within();
            }
            4 => program.over(),
            5 => {
                program.word(Keyword::Scope);
                program.word(Keyword::All);
            }
            6 => program.texts(Keyword::Scope),
            7 => program.one_of(Keyword::Auditor, AUDITORS),
            8 => {
                program.word(Keyword::Remind);
                program.list(1, Self::duration);
                program.word(Keyword::BeforeIt);
            }
            9 => {
                program.word(Keyword::Report);
                program.within();
            }
            _ => {
                program.word(Keyword::CloseFindings);
                program.within();
            }
        });
    }

    fn over(&mut self) {
        self.word(Keyword::OverPeriod);
        let previous = self.random.one_in(2);
        if previous && self.is_english() {
            self.word(Keyword::Previous);
        }
        let parts = if previous { PREVIOUS_PARTS } else { CURRENT_PARTS };
        self.word_of(parts);
    }

    fn within(&mut self) {
        if self.is_english() {
            self.word(Keyword::Within);
            self.duration();
        } else {
            self.duration();
            self.word(Keyword::Within);
        }
    }

    pub(crate) fn duration(&mut self) {
        let amount = self.random.pick(&[1, 3, 31]);
        let unit = self.random.pick(&[
            Unit::Years,
            Unit::Months,
            Unit::Weeks,
            Unit::Days,
            Unit::BusinessDays,
            Unit::Hours,
            Unit::Minutes,
            Unit::Seconds,
        ]);
        let written = self.random.pick(&[1, 2]);
        self.push(&amount.to_string());
        let words = unit.spelling(written, self.spelling);
        self.tokens.extend(words.split(' ').map(str::to_owned));
    }

    fn catalogue(&mut self) {
        self.headed(Keyword::Catalogue);
        self.some_times(|program| {
            program.word(Keyword::Control);
            program.text();
            program.text();
            program.sometimes(Self::text);
            program.sometimes(|program| program.word(Keyword::Unverified));
        });
    }

    fn crosswalk(&mut self) {
        self.word(Keyword::Crosswalk);
        self.name();
        self.word(Keyword::To);
        self.name();
        self.some_times(|program| {
            if program.random.one_in(6) {
                program.word(Keyword::None);
                program.push("->");
                return program.list(1, Self::text);
            }
            program.text();
            program.push("->");
            if program.random.one_in(4) {
                return program.word(Keyword::None);
            }
            program.list(1, |program| {
                program.text();
                program.word_of(STRENGTHS);
                program.sometimes(Self::text);
                program.sometimes(|program| program.word(Keyword::Unverified));
            });
        });
    }

    fn test(&mut self) {
        self.word(Keyword::Test);
        self.text();
        if self.random.one_in(2) {
            self.word(Keyword::For);
            self.name();
        }
        self.some_times(|program| match program.random.below(10) {
            0 => {
                program.word(Keyword::Today);
                program.sum(1);
            }
            1 => {
                program.word(Keyword::Period);
                program.dates();
            }
            2 => {
                let word = program.random.pick(&[Keyword::Missing, Keyword::Stale, Keyword::Incomplete]);
                program.word(word);
                program.push("employee");
            }
            3 if program.random.below(2) == 0 => {
                program.word(Keyword::Param);
                program.push("limit");
                program.push("=");
                match program.random.one_in(2) {
                    true => {
                        program.push("[");
                        program.list(1, |program| program.expr(1));
                        program.push("]");
                    }
                    false => program.expr(3),
                }
            }
            3 => {
                program.word(Keyword::Gap);
                program.push("employee");
                program.dates();
            }
            4 => program.expectations(),
            5 => {
                program.word(Keyword::Expect);
                let answer = program.random.pick(&[Keyword::Holds, Keyword::Fails, Keyword::Unknown]);
                program.word(answer);
                program.expr(3);
            }
            6 => {
                program.word(Keyword::Empty);
                program.push("employee");
                program.word(Keyword::At);
                program.sum(1);
            }
            _ => {
                // Not `days`: a number may stand before it.
                let fact = program.random.pick(&NAMES[..12]);
                program.push(fact);
                program.cells();
                if program.random.one_in(3) {
                    program.word(Keyword::At);
                    program.push("2026-04-01");
                }
            }
        });
    }

    fn dates(&mut self) {
        self.sum(1);
        self.word(Keyword::To);
        self.sum(1);
        self.word(Keyword::Until);
    }

    fn expectations(&mut self) {
        self.word(Keyword::Expect);
        self.list(1, |program| {
            program.word_of(VERDICTS);
            match program.random.below(3) {
                0 => return program.push("12"),
                1 => program.list(1, Self::text),
                _ => {}
            }
            if program.random.one_in(4) {
                if program.is_english() {
                    program.word(Keyword::Since);
                } else {
                    program.push("、");
                }
                program.dates();
            }
        });
    }

    fn cells(&mut self) {
        self.push("{");
        let before = self.tokens.len();
        self.list(0, |program| {
            program.name();
            program.push(":");
            if program.random.one_in(4) { program.word(Keyword::Unknown) } else { program.literal() }
        });
        if self.tokens.len() > before && self.random.one_in(3) {
            self.push(",");
        }
        self.push("}");
    }
}
