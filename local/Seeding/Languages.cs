namespace ExportFunctions.Local.Seeding;

/// <summary>The languages of the school: a Greek one, with students from everywhere.</summary>
internal static class Languages
{
    private static readonly Naming GreekWomen = new(
        PersonName.Read(
            "Ελένη eleni|Μαρία maria|Αικατερίνη aikaterini|Σοφία sofia|Αγγελική angeliki|Ιωάννα ioanna|Δήμητρα dimitra|Βασιλική"
                + " vasiliki|Ευαγγελία evangelia|Χρυσάνθη chrysanthi|Άννα-Μαρία anna-maria|Γεωργία georgia"),
        PersonName.Read(
            "Παπαδοπούλου papadopoulou|Παπαδάκη papadaki|Οικονόμου oikonomou|Γεωργίου georgiou|Αντωνοπούλου antonopoulou|Βλάχου"
                + " vlachou|Καραγιάννη karagianni|Νικολαΐδου nikolaidou|Μαυρομμάτη mavrommati|Χατζηιωάννου chatziioannou"),
        ["Αθήνα", "Θεσσαλονίκη", "Πάτρα", "Ηράκλειο", "Λάρισα", "Βόλος", "Ιωάννινα", "Χανιά"],
        "+3069");

    private static readonly Naming GreekMen = new(
        PersonName.Read(
            "Γεώργιος georgios|Ιωάννης ioannis|Κωνσταντίνος konstantinos|Δημήτριος dimitrios|Νικόλαος nikolaos|Παναγιώτης"
                + " panagiotis|Χρήστος christos|Σπυρίδων spyridon|Άγγελος angelos|Ηλίας ilias|Θεόδωρος theodoros|Ραφαήλ rafail"),
        PersonName.Read(
            "Παπαδόπουλος papadopoulos|Παπαδάκης papadakis|Οικονόμου oikonomou|Γεωργίου georgiou|Αντωνόπουλος antonopoulos|Βλάχος"
                + " vlachos|Καραγιάννης karagiannis|Νικολαΐδης nikolaidis|Μαυρομμάτης mavrommatis|Χατζηιωάννου chatziioannou"),
        ["Αθήνα", "Θεσσαλονίκη", "Πειραιάς", "Ρόδος", "Καβάλα", "Σέρρες", "Καλαμάτα", "Κέρκυρα"],
        "+3069");

    private static readonly Naming English = new(
        PersonName.Read(
            "Emma emma|Oliver oliver|Grace grace|Jack jack|Mary_Ann maryann|D'Arcy darcy|William william|Charlotte"
                + " charlotte|Robert_\"Bobby\" robert|Isla isla"),
        PersonName.Read(
            "O'Brien obrien|Smith,_Jr. smith|Taylor taylor|Johnson johnson|MacDonald macdonald|Fitzgerald-Hughes fitzgerald-hughes|Null"
                + " null|True true|Walker walker|Ng ng"),
        ["London", "Dublin", "New York", "Saint John's", "Washington, D.C.", "Sydney"],
        "+4477");

    private static readonly Naming European = new(
        PersonName.Read(
            "José jose|Zoë zoe|François francois|Søren soren|Łukasz lukasz|Jürgen jurgen|Noémie noemie|Günay gunay|İpek ipek|Ağca"
                + " agca|Þóra thora|Žofie zofie|Ștefan stefan|Thị_Hương thihuong"),
        PersonName.Read(
            "García_Márquez garcia-marquez|Müller muller|Lefèvre lefevre|Ångström angstrom|Wójcik wojcik|Dvořák dvorak|Şahin sahin|Weiß"
                + " weiss|Ñúñez nunez|Ødegård odegard|Nguyễn nguyen|Ţepeş tepes|d'Aubigné daubigne"),
        ["München", "København", "Kraków", "A Coruña", "İstanbul", "Malmö", "Besançon", "Đà Nẵng"],
        "+4915");

    private static readonly Naming Cyrillic = new(
        PersonName.Read("Анна anna|Дмитро dmytro|Юлія yuliya|Сергей sergey|Ђорђе djordje|Цветелина tsvetelina"),
        PersonName.Read("Шевченко shevchenko|Іваненко ivanenko|Јовановић jovanovic|Щербаков shcherbakov|Димитрова dimitrova"),
        ["Київ", "Београд", "София", "Львів"],
        "+3805");

    private static readonly Naming Chinese = new(
        PersonName.Read("伟 wei|秀英 xiuying|小明 xiaoming|子涵 zihan|麗華 lihua|欣怡 xinyi"),
        PersonName.Read("王 wang|李 li|張 zhang|陈 chen|歐陽 ouyang|司马 sima"),
        ["北京", "上海", "香港", "臺北"],
        "+8613");

    // 𠮷 lies outside the Basic Multilingual Plane: two UTF-16 units, four bytes of UTF-8.
    private static readonly Naming Japanese = new(
        PersonName.Read("さくら sakura|蓮 ren|陽菜 hina|ケンジ kenji|結衣 yui|大翔 hiroto"),
        PersonName.Read("佐藤 sato|𠮷田 yoshida|渡邊 watanabe|高橋 takahashi|鈴木 suzuki"),
        ["東京", "大阪", "京都", "札幌"],
        "+8190");

    private static readonly Naming Korean = new(
        PersonName.Read("서연 seoyeon|민준 minjun|지우 jiwoo|하은 haeun"),
        PersonName.Read("김 kim|이 lee|박 park|최 choi"),
        ["서울", "부산", "인천"],
        "+8210");

    private static readonly Naming Arabic = new(
        PersonName.Read("محمد mohammed|فاطمة fatima|عبد_الرحمن abdulrahman|عائشة aisha|يوسف yusuf|نور nour"),
        PersonName.Read("الأحمد alahmad|بن_علي benali|حداد haddad|المصري almasri|خوري khoury"),
        ["القاهرة", "بيروت", "عمّان", "الدار البيضاء"],
        "+2010");

    private static readonly Naming Hebrew = new(
        PersonName.Read("נועה noa|דוד david|תמר tamar|יוסף yosef|שירה shira|אורי uri"),
        PersonName.Read("כהן cohen|לוי levi|מזרחי mizrahi|בן-דוד ben-david|פרץ peretz"),
        ["ירושלים", "תל אביב", "חיפה", "באר שבע"],
        "+9725");

    // The shares in percent of the students.
    private static readonly (Naming Naming, int Share)[] Shares =
    [
        (GreekWomen, 24), (GreekMen, 23), (English, 12), (European, 17), (Cyrillic, 5),
        (Chinese, 4), (Japanese, 4), (Korean, 2), (Arabic, 5), (Hebrew, 4),
    ];

    /// <summary>Picks a language, weighted by its share of the students.</summary>
    public static Naming Pick(ref SeededRandom random)
    {
        var place = random.Below(100);
        foreach (var (naming, share) in Shares)
        {
            if (place < share)
                return naming;

            place -= share;
        }

        return English;
    }
}
