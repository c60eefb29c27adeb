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
    /// A key is not declared as it must be.
    KEY "KJ0121" Error "キーの宣言が正しくない" "a key is not declared as it must be";
    /// An event's time is not declared as it must be.
    EVENT_TIME "KJ0122" Error "出来事の日時の項目が正しくない" "an event's time is not declared as it must be";
    /// A fact does not say how fresh it must be.
    NO_FRESHNESS "KJ0123" Error "鮮度の宣言がない" "a fact does not say how fresh it must be";
    /// An enum has no values.
    EMPTY_ENUM "KJ0124" Error "選択肢に値がない" "an enum has no values";
    /// Types do not fit.
    TYPE_MISMATCH "KJ0201" Error "型が合わない" "types do not fit";
    /// A condition is needed.
    NOT_CONDITION "KJ0202" Error "条件ではない" "a condition is needed";
    /// A value that may be none is used as if it were there.
    MAY_BE_NONE "KJ0203" Error "値がない場合が扱われていない" "a value that may be none is used as if it were there";
    /// A value that is always there is asked for none.
    NEVER_NONE "KJ0204" Error "必ずある値に none を問うている" "a value that is always there is asked for none";
    /// A count stands outside a comparison.
    BAD_COUNT "KJ0205" Error "count は比較の中でだけ使える" "a count stands outside a comparison";
    /// A date or time is not in the calendar.
    BAD_DATE "KJ0206" Error "暦にない日付・時刻" "a date or time is not in the calendar";
    /// A value has no fields.
    NOT_FIELD_OWNER "KJ0207" Error "項目を持たない値" "a value has no fields";
    /// Arguments do not fit.
    ARGUMENTS "KJ0208" Error "引数が合わない" "arguments do not fit";
    /// A number is out of range.
    NUMBER_RANGE "KJ0209" Error "数が大きすぎる" "a number is out of range";
    /// A constant is needed.
    NOT_CONSTANT "KJ0210" Error "定数ではない" "a constant is needed";
    /// A name hides another.
    SHADOWED "KJ0211" Error "名前が外側の名前を隠している" "a name hides another";
    /// An expression can have no value.
    ALWAYS_UNKNOWN "KJ0212" Error "意味のない式" "an expression can have no value";
    /// A clause is missing.
    CLAUSE_MISSING "KJ0301" Error "規則に必要な句がない" "a clause is missing";
    /// A clause is written twice.
    CLAUSE_TWICE "KJ0302" Error "句が二度書かれている" "a clause is written twice";
    /// A severity does not exist.
    BAD_SEVERITY "KJ0303" Error "存在しない重大度" "a severity does not exist";
    /// A secret field is shown in a message.
    SECRET_SHOWN "KJ0304" Error "秘密の項目が文言に出る" "a secret field is shown in a message";
    /// A quotation is not in the text.
    QUOTE "KJ0311" Error "引用が基準の文言と一致しない" "a quotation is not in the text";
    /// An id is used twice.
    DUPLICATE_DUTY "KJ0312" Error "同じ番号が二度使われている" "an id is used twice";
    /// A text is missing.
    NO_TEXT "KJ0313" Error "本文がない" "a text is missing";
    /// A test is not written as it must be.
    TEST_CLAUSE "KJ0321" Error "事例の書き方が正しくない" "a test is not written as it must be";
    /// A verdict does not exist.
    BAD_VERDICT "KJ0322" Error "存在しない判定" "a verdict does not exist";
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
}
