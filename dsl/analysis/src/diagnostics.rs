//! The codes of what can be wrong with the meaning of a ruleset.

use kijun_source::codes;

codes! {
    /// Every code of this crate.
    pub CODES;
    /// A name is declared twice.
    DUPLICATE_NAME "KJ0101" Error "同じ名前が二度宣言されている" "a name is declared twice";
    /// A built-in name cannot be declared.
    BUILTIN_NAME "KJ0102" Error "組み込みの名前は宣言できない" "a built-in name cannot be declared";
    /// A name is not declared.
    UNKNOWN_NAME "KJ0103" Error "宣言されていない名前" "a name is not declared";
    /// A fact is not declared.
    UNKNOWN_FACT "KJ0104" Error "宣言されていない証拠の種類" "a fact is not declared";
    /// A fact has no such field.
    UNKNOWN_FIELD "KJ0105" Error "その証拠にない項目" "a fact has no such field";
    /// A type does not exist.
    UNKNOWN_TYPE "KJ0106" Error "存在しない型" "a type does not exist";
    /// An enum has no such value.
    UNKNOWN_VALUE "KJ0107" Error "その選択肢にない値" "an enum has no such value";
    /// No duty has this id.
    UNKNOWN_DUTY "KJ0108" Error "基準にない義務" "no duty has this id";
    /// A rule is not declared.
    UNKNOWN_RULE "KJ0109" Error "宣言されていない規則" "a rule is not declared";
    /// A definition is not declared.
    UNKNOWN_FUNCTION "KJ0110" Error "宣言されていない定義" "a definition is not declared";
    /// Definitions use each other in a circle.
    CYCLE "KJ0111" Error "定義が自分自身を使っている" "definitions use each other in a circle";
    /// A label that two things share is used as a name.
    SHARED_LABEL "KJ0112" Error "二つのものが同じラベルを持つ" "a label that two things share is used as a name";
    /// The version of a ruleset does not fit.
    USE_VERSION "KJ0113" Error "規則集の版が合わない" "the version of a ruleset does not fit";
    /// Rulesets use each other in a circle.
    USE_CYCLE "KJ0114" Error "規則集が循環している" "rulesets use each other in a circle";
    /// A ruleset's header is not written as it must be.
    RULESET "KJ0115" Error "規則集の宣言が正しくない" "a ruleset's header is not written as it must be";
    /// A relation depends on itself through a negation or an aggregate.
    STRATUM "KJ0116" Error "関係が否定や集計を通じて自分自身に依存している" "a relation depends on itself through a negation or an aggregate";
    /// A key is not declared as it must be.
    KEY "KJ0121" Error "キーの宣言が正しくない" "a key is not declared as it must be";
    /// An event's time is not declared as it must be.
    EVENT_TIME "KJ0122" Error "出来事の日時の項目が正しくない" "an event's time is not declared as it must be";
    /// A fact does not say how fresh it must be.
    NO_FRESHNESS "KJ0123" Error "鮮度の宣言がない" "a fact does not say how fresh it must be";
    /// An enum has no values.
    EMPTY_ENUM "KJ0124" Error "選択肢に値がない" "an enum has no values";
    /// A validity is not declared as it must be.
    VALIDITY "KJ0125" Error "有効期間の宣言が正しくない" "a validity is not declared as it must be";
    /// A row of a table is not written as it must be.
    TABLE_ROW "KJ0126" Error "表の行が正しくない" "a row of a table is not written as it must be";
    /// A relation is not written as it must be.
    RELATION "KJ0127" Error "関係の書き方が正しくない" "a relation is not written as it must be";
    /// A list stands where there is none.
    LIST "KJ0128" Error "一覧はここでは使えない" "a list stands where there is none";
    /// Evidence cannot be fresh within such a length of time.
    FRESHNESS "KJ0129" Error "鮮度にならない長さ" "evidence cannot be fresh within such a length of time";
    /// Types do not fit.
    TYPE_MISMATCH "KJ0201" Error "型が合わない" "types do not fit";
    /// A condition is needed.
    NOT_CONDITION "KJ0202" Error "条件ではない" "a condition is needed";
    /// A value that may be none is used as if it were there.
    MAY_BE_NONE "KJ0203" Error "値がない場合が扱われていない" "a value that may be none is used as if it were there";
    /// A value that is always there is asked for none.
    NEVER_NONE "KJ0204" Error "必ずある値に none を問うている" "a value that is always there is asked for none";
    /// A date or time is not in the calendar.
    BAD_DATE "KJ0206" Error "暦にない日付・時刻" "a date or time is not in the calendar";
    /// A value has no fields.
    NOT_FIELD_OWNER "KJ0207" Error "項目を持たない値" "a value has no fields";
    /// Arguments do not fit.
    ARGUMENTS "KJ0208" Error "引数が合わない" "arguments do not fit";
    /// A constant is needed.
    NOT_CONSTANT "KJ0210" Error "定数ではない" "a constant is needed";
    /// A name hides another.
    SHADOWED "KJ0211" Error "名前が外側の名前を隠している" "a name hides another";
    /// An expression can have no value.
    ALWAYS_UNKNOWN "KJ0212" Error "意味のない式" "an expression can have no value";
    /// What is read as of a moment does not depend on one.
    AT "KJ0213" Error "時点を指定できない" "what is read as of a moment does not depend on one";
    /// A moment where there is none.
    MOMENT "KJ0214" Error "ここに moment はない" "a moment where there is none";
    /// Gaps stand outside the population.
    GAPS "KJ0215" Error "gaps は対象としてだけ使える" "gaps stand outside the population";
    /// A pattern is not a regular expression.
    PATTERN "KJ0216" Error "パターンが正しくない" "a pattern is not a regular expression";
    /// A text is no address of a network.
    ADDRESS "KJ0217" Error "IPアドレスではない" "a text is no address of a network";
    /// A range ends before it begins.
    EMPTY_RANGE "KJ0218" Error "範囲の終わりが始まりより前にある" "a range ends before it begins";
    /// An aggregate of rows that have no order in time.
    AGGREGATE "KJ0219" Error "最初・最後がない行の集計" "an aggregate of rows that have no order in time";
    /// Expressions stand in expressions too deeply.
    TOO_DEEP "KJ0220" Error "式の入れ子が深すぎる" "expressions stand in expressions too deeply";
    /// A clause is missing.
    CLAUSE_MISSING "KJ0301" Error "必要な句がない" "a clause is missing";
    /// A clause is written twice.
    CLAUSE_TWICE "KJ0302" Error "句が二度書かれている" "a clause is written twice";
    /// A severity does not exist.
    BAD_SEVERITY "KJ0303" Error "存在しない重大度" "a severity does not exist";
    /// A secret field is shown in a message.
    SECRET_SHOWN "KJ0304" Error "秘密の項目が文言に出る" "a secret field is shown in a message";
    /// A rule cannot be judged throughout the period.
    JUDGED "KJ0305" Error "期間を通じて判定できない" "a rule cannot be judged throughout the period";
    /// Pairs of what does not happen in an order.
    PAIR "KJ0306" Error "組にできない" "pairs of what does not happen in an order";
    /// A quotation is not in the text.
    QUOTE "KJ0311" Error "引用が基準の文言と一致しない" "a quotation is not in the text";
    /// An id is used twice.
    DUPLICATE_DUTY "KJ0312" Error "同じ番号が二度使われている" "an id is used twice";
    /// A text is missing.
    NO_TEXT "KJ0313" Error "本文がない" "a text is missing";
    /// Two standards have a duty of this id.
    SHARED_DUTY "KJ0314" Error "二つの基準に同じ番号の義務がある" "two standards have a duty of this id";
    /// A test is not written as it must be.
    TEST_CLAUSE "KJ0321" Error "事例の書き方が正しくない" "a test is not written as it must be";
    /// A verdict does not exist.
    BAD_VERDICT "KJ0322" Error "存在しない判定" "a verdict does not exist";
    /// A length of time is not positive.
    NOT_POSITIVE "KJ0331" Error "長さが正でない" "a length of time is not positive";
    /// A text is blank.
    BLANK "KJ0332" Error "空の文字列" "a text is blank";
    /// A word is none of those that may stand here.
    UNKNOWN_WORD "KJ0333" Error "ここに書けない語" "a word is none of those that may stand here";
    /// A schedule is not written as it must be.
    SCHEDULE "KJ0334" Error "日程の書き方が正しくない" "a schedule is not written as it must be";
    /// A schedule never comes.
    NEVER "KJ0335" Error "来ることのない日程" "a schedule never comes";
    /// A time zone does not exist.
    UNKNOWN_ZONE "KJ0336" Error "存在しない標準時" "a time zone does not exist";
    /// An audit follows what is no event.
    NOT_EVENT "KJ0337" Error "出来事でないものが監査の契機である" "an audit follows what is no event";
    /// A scope is in no standard.
    UNKNOWN_SCOPE "KJ0338" Error "基準にない監査の範囲" "a scope is in no standard";
    /// A standard or a catalogue is not declared.
    UNKNOWN_DOCUMENT "KJ0341" Error "宣言されていない基準・管理策集" "a standard or a catalogue is not declared";
    /// No control has this id.
    UNKNOWN_CONTROL "KJ0342" Error "管理策集にない管理策" "no control has this id";
    /// Two controls have the same id.
    DUPLICATE_CONTROL "KJ0343" Error "同じ番号の管理策が二つある" "two controls have the same id";
    /// A crosswalk says something twice, or contradicts itself.
    CROSSWALK "KJ0344" Error "対応表が重複しているか矛盾している" "a crosswalk repeats or contradicts itself";
    /// No rule decides a duty.
    DUTY_WITHOUT_RULE "KJ0401" Warning "規則のない義務" "no rule decides a duty";
    /// No duty quotes a passage.
    UNCOVERED_TEXT "KJ0402" Warning "どの義務も引用していない文言" "no duty quotes a passage";
    /// A rule has no test.
    RULE_WITHOUT_TEST "KJ0403" Warning "事例のない規則" "a rule has no test";
    /// No rule reads a fact.
    UNREAD_FACT "KJ0404" Warning "どの規則も読まない証拠" "no rule reads a fact";
    /// A personal field is shown in a message.
    PERSONAL_SHOWN "KJ0405" Warning "個人情報の項目が文言に出る" "a personal field is shown in a message";
    /// No test shows a row of a relation.
    UNTESTED_RELATION "KJ0406" Warning "事例に行のない関係" "no test shows a row of a relation";
    /// A rule can never be violated.
    NEVER_VIOLATED "KJ0407" Warning "不適合になりえない規則" "a rule can never be violated";
    /// A rule can never be met.
    NEVER_MET "KJ0408" Warning "適合になりえない規則" "a rule can never be met";
    /// An exception never applies.
    DEAD_EXCEPTION "KJ0409" Warning "当てはまることのない例外" "an exception never applies";
    /// Two exceptions are the same.
    SAME_EXCEPTION "KJ0410" Warning "同じ意味の例外" "two exceptions are the same";
    /// Nothing uses a declaration.
    UNUSED "KJ0411" Warning "使われていない宣言" "nothing uses a declaration";
    /// Nothing of a ruleset in use is used.
    UNUSED_USE "KJ0412" Warning "使われていない取込" "nothing of a ruleset in use is used";
    /// A parameter gives no reason.
    NO_RATIONALE "KJ0413" Warning "理由のないパラメータ" "a parameter gives no reason";
    /// A label is the name of something else.
    MISLEADING_LABEL "KJ0414" Warning "他のものの名前であるラベル" "a label is the name of something else";
    /// Two lengths of time do not compare.
    INCOMPARABLE "KJ0415" Warning "比べられない長さ" "two lengths of time do not compare";
    /// A population is never empty.
    NEVER_EMPTY "KJ0416" Warning "空になりえない対象" "a population is never empty";
    /// A crosswalk does not mention a duty.
    UNMAPPED_DUTY "KJ0417" Warning "対応表にない義務" "a crosswalk does not mention a duty";
    /// Anybody may audit.
    ANY_AUDITOR "KJ0418" Warning "監査員の独立が求められていない" "an audit asks for no independence";
    /// Events are read whenever they happened.
    UNBOUNDED_EVENT "KJ0419" Warning "時を限らずに読む出来事" "events are read whenever they happened";
    /// A crosswalk between catalogues passes over a control.
    UNMAPPED_CONTROL "KJ0421" Warning "対応表にない管理策" "a crosswalk between catalogues passes over a control";
    /// What a rule needs shown can never hold.
    NEVER_SHOWN "KJ0422" Warning "示されることのない前提" "what a rule needs shown can never hold";
}
