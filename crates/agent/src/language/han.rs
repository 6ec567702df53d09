//! Traditional and simplified characters: how one set is told from the other and turned into it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified form, as far as talk about films and music needs them.
const PAIRS: &str = "
    樂乐 聲声 點点 輕轻 鬆松 換换 個个 這这 裡里 裏里 後后 開开 頭头 結结 尾尾 間间 鐘钟 鍾钟 秒秒 對对 話话 說说
    講讲 讓让 請请 給给 為为 我我 們们 要要 視视 頻频 影影 電电 剪剪 輯辑 節节 奏奏 強强 弱弱 減减 增增 調调 韻韵
    徑径 復复 複复 舊旧 懷怀 憶忆 歡欢 愛爱 傷伤 憂忧 難难 過过 獨独 孤孤 緊紧 張张 慮虑 懸悬 驚惊 嚇吓 憤愤 嚴严
    肅肃 莊庄 穩稳 專专 業业 氣气 質质 時时 尚尚 帥帅 夢梦 靈灵 飄飘 緲渺 溫温 馨馨 暖暖 靜静 寧宁 舒舒 緩缓 慢慢
    勵励 誌志 壯壮 觀观 勢势 詩诗 勝胜 戰战 鬥斗 遊游 戲戏 機机 遠远 邊边 還还 沒没 麼么 甚什 麽么 樣样 種种 類类
    網网 紅红 藍蓝 綠绿 黃黄 燈灯 雲云 風风 飛飞 鳥鸟 魚鱼 馬马 貓猫 車车 輪轮 軌轨 鋼钢 鐵铁 銀银 錄录 鏡镜 圖图
    畫画 書书 學学 習习 讀读 寫写 課课 題题 標标 檔档 導导 輸输 長长 短短 寬宽 幾几 數数 萬万 億亿 號号 層层 條条
    單单 雙双 兩两 來来 從从 進进 退退 運运 動动 滾滚 轉转 變变 連连 續续 斷断 終终 線线 級级 組组 織织 細细 絲丝
    純纯 給给 經经 絕绝 統统 編编 綜综 維维 繞绕 繼继 響响 韓韩 頻频 順顺 須须 預预 領领 顏颜 願愿 額额 顯显 飯饭
    餐餐 館馆 養养 驗验 騎骑 驅驱 體体 髮发 發发 鬧闹 齊齐 齒齿 龍龙 龜龟 婚婚 禮礼 親亲 優优 傳传 價价 儀仪 億亿
    償偿 側侧 偉伟 傑杰 備备 僅仅 創创 劃划 劇剧 劍剑 劉刘 勁劲 務务 區区 協协 卻却 參参 嗎吗 嗚呜 嘆叹 噪噪 嘗尝
    團团 園园 圓圆 國国 圍围 執执 場场 塊块 壞坏 壓压 夠够 夾夹 奪夺 奮奋 妝妆 婦妇 媽妈 孫孙 寶宝 實实 審审 將将
    專专 尋寻 導导 屆届 屬属 島岛 嶺岭 師师 帶带 幫帮 幹干 庫库 廠厂 廣广 廳厅 彈弹 彙汇 徵征 應应 態态 慘惨 慣惯
    慶庆 憐怜 懶懒 戀恋 戶户 擊击 擔担 據据 擁拥 擇择 擋挡 擴扩 攝摄 擬拟 攜携 敘叙 敵敌 會会 東东 條条 極极 構构
    槍枪 樓楼 樹树 橋桥 檢检 權权 殘残 殺杀 毀毁 決决 況况 淚泪 淨净 淺浅 渾浑 測测 溝沟 滅灭 滿满 漢汉 潛潜 潔洁
    濃浓 濕湿 濾滤 灣湾 無无 煙烟 熱热 燒烧 爭争 爾尔 牆墙 狀状 獎奖 獲获 環环 現现 產产 畢毕 異异 當当 療疗 癢痒
    盡尽 監监 盤盘 眾众 礙碍 祕秘 穌稣 競竞 筆笔 築筑 簡简 粵粤 緒绪 練练 總总 聯联 聽听 職职 肅肃 脈脉 腦脑 臉脸
    臺台 與与 興兴 舉举 艙舱 藝艺 蘇苏 處处 虛虚 術术 衝冲 補补 裝装 製制 規规 覺觉 覽览 訊讯 記记 設设 訪访 許许
    訴诉 評评 詞词 試试 該该 詳详 語语 誤误 誰谁 調调 談谈 論论 諧谐 謝谢 證证 識识 譜谱 議议 護护 豐丰 貝贝 負负
    貴贵 買买 費费 資资 賣卖 賽赛 趕赶 趙赵 跡迹 躍跃 軟软 載载 較较 輛辆 辦办 農农 遲迟 適适 選选 遺遗 釋释 針针
    鍵键 鎖锁 鑼锣 門门 閃闪 閉闭 閒闲 關关 陰阴 陣阵 陽阳 際际 隨随 隱隐 雖虽 雜杂 離离 霧雾 頂顶 項项 額额 顧顾
    餘余 驟骤 麗丽 麥麦 默默 鼓鼓 滄沧 滬沪 佈布 併并 係系 倆俩 倉仓 偵侦 傾倾 傢家 僑侨 冪幂 凍冻 別别 刪删 剛刚
    剩剩 勞劳 華华 葉叶 蓋盖 藥药 蘭兰 虧亏 蟲虫 裝装 見见 訂订 計计 討讨 訓训 詢询 誇夸 誠诚 諷讽 謎谜 謠谣 豬猪
    貼贴 賓宾 贊赞 贏赢 軍军 輝辉 輯辑 鄉乡 醫医 釘钉 鈴铃 鋪铺 錯错 鍛锻 鏈链 鐳镭 閱阅 闊阔 隊队 階阶 雞鸡 靂雳
    韌韧 頁页 頓顿 頗颇 飲饮 飾饰 駐驻 駕驾 騷骚 髒脏 鬆松 鮮鲜 麵面 黨党 貫贯 溢溢 雰氛 嘻嘻 採采 牠它 妳你 祂他
    低低 擺摆 絃弦 絕绝 鋒锋 鑽钻 凱凯 旋旋 紀纪 滑滑 稽稽 暈晕 躁躁 瘋疯 狂狂 掛挂 搖摇 撥拨 誕诞 節节 約约 詭诡
    縮缩 橫横 豎竖 幀帧 疊叠 漸渐 縱纵 佔占 擠挤 銷销 匯汇 範范 於于 亞亚 鐵铁 儲储 儘尽 繪绘 徹彻 倫伦 遞递 諾诺 賢贤 廢废 癒愈 盪荡 懼惧 塗涂 囉啰 嘩哗 暫暂 報报 問问 縫缝 潑泼 詼诙 薩萨 鐺铛 銅铜 顫颤 蘆芦 嗩唢 吶呐";

static TO_SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs().collect());
static TO_TRADITIONAL: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut turned = HashMap::new();
    for (traditional, simplified) in pairs() {
        turned.entry(simplified).or_insert(traditional);
    }
    turned
});

/// Characters that are the simplified form of one and yet used in traditional texts too.
const IN_BOTH: &str = "后里面台干松志采系余制征冲复么汇家布并云它你他什氛尽向";

fn pairs() -> impl Iterator<Item = (char, char)> {
    PAIRS.split_whitespace().filter_map(|pair| {
        let mut letters = pair.chars();
        Some((letters.next()?, letters.next()?)).filter(|(a, b)| a != b)
    })
}

/// Whether it is a Han character of the common blocks.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Whether it stands in traditional texts only.
pub(crate) fn is_traditional(c: char) -> bool {
    TO_SIMPLIFIED.contains_key(&c)
}

/// Whether it stands in simplified texts only.
pub(crate) fn is_simplified(c: char) -> bool {
    TO_TRADITIONAL.contains_key(&c) && !IN_BOTH.contains(c)
}

/// The simplified form of a character.
pub(crate) fn simplified(c: char) -> char {
    TO_SIMPLIFIED.get(&c).copied().unwrap_or(c)
}

/// A text of our own in traditional characters; right for the words that our replies use.
pub(crate) fn traditional(text: &str) -> String {
    text.chars()
        .map(|c| if is_simplified(c) || "后里复么".contains(c) { TO_TRADITIONAL[&c] } else { c })
        .collect()
}
